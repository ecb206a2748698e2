import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ChangeConflict, writeFileAtomic } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

describe('writing a file whole', () => {
  it('makes the file and its folders, and leaves nothing else behind', () => {
    const folder = temporaryFolder()

    writeFileAtomic(join(folder, 'a', 'b', 'c.txt'), 'é', { durable: true })

    expect(readFileSync(join(folder, 'a', 'b', 'c.txt'), 'utf8')).toBe('é')
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['c.txt'])
  })

  it('B2: keeps the mode of the file it replaces', () => {
    const path = write(join(temporaryFolder(), 'config.toml'), 'old')
    chmodSync(path, 0o640)

    writeFileAtomic(path, 'new')

    expect(statSync(path).mode & 0o7777).toBe(0o640)
    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  it('gives a new file exactly the mode that is asked for', () => {
    const path = join(temporaryFolder(), 'secret')

    writeFileAtomic(path, 'x', { mode: 0o666 })

    expect(statSync(path).mode & 0o7777).toBe(0o666)
  })

  it('writes through a chain of links and keeps them', () => {
    const folder = temporaryFolder()
    write(join(folder, 'real', 'config.toml'), 'old')
    symlinkSync(join('real', 'config.toml'), join(folder, 'middle'))
    symlinkSync('middle', join(folder, 'config.toml'))

    writeFileAtomic(join(folder, 'config.toml'), 'new')

    expect(lstatSync(join(folder, 'config.toml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real', 'config.toml'), 'utf8')).toBe('new')
  })

  it('makes the file that a link without a goal names', () => {
    const folder = temporaryFolder()
    symlinkSync(join(folder, 'later', 'x'), join(folder, 'link'))

    writeFileAtomic(join(folder, 'link'), 'new')

    expect(readFileSync(join(folder, 'later', 'x'), 'utf8')).toBe('new')
  })

  it('refuses links that go round in a circle', () => {
    const folder = temporaryFolder()
    symlinkSync('b', join(folder, 'a'))
    symlinkSync('a', join(folder, 'b'))

    expect(() => writeFileAtomic(join(folder, 'a'), 'x')).toThrow(ChangeConflict)
  })

  it('refuses a file that is not the expected one, and leaves it', () => {
    const path = write(join(temporaryFolder(), 'a'), 'somebody else was here')

    expect(() => writeFileAtomic(path, 'x', { expected: '0'.repeat(64) })).toThrow(ChangeConflict)
    expect(() => writeFileAtomic(path, 'x', { expected: null })).toThrow('there is a file now')
    expect(() => writeFileAtomic(`${path}2`, 'x', { expected: '0'.repeat(64) })).toThrow('the file is gone')
    expect(readFileSync(path, 'utf8')).toBe('somebody else was here')
  })
})
