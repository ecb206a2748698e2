import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from '@gangway/home/parsing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

describe('reading a file that may not be there', () => {
  it('gives the bytes, through links too, and undefined for nothing', () => {
    const folder = temporaryFolder()
    write(join(folder, 'file'), 'text')
    symlinkSync('file', join(folder, 'link'))
    symlinkSync('gone', join(folder, 'dangling'))

    expect(readIfThere(join(folder, 'link'))?.toString()).toBe('text')
    expect(readIfThere(join(folder, 'dangling'))).toBeUndefined()
    expect(readIfThere(join(folder, 'file', 'below'))).toBeUndefined()
  })

  it('refuses a pipe at once, by name, and does not wait for somebody to write to it', () => {
    const pipe = join(temporaryFolder(), 'config.toml')
    execFileSync('mkfifo', [pipe])

    expect(() => readIfThere(pipe)).toThrow(`${pipe}: neither a file nor a folder, where a file should be`)
  })

  it('refuses a folder by name', () => {
    const folder = join(temporaryFolder(), 'hooks.json')
    mkdirSync(folder)

    expect(() => readIfThere(folder)).toThrow(`${folder}: a folder, where a file should be`)
  })
})
