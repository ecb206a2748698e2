import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generate } from '../scripts/generate.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('generated files', () => {
  const files = Object.entries(generate())

  it.each(files)('%s is what its sources say', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8') === text).toBe(true)
  })

  it('come out the same every time', () => {
    expect(Object.entries(generate())).toEqual(files)
  })

  it('that are part of the program load no schema library', () => {
    const code = files.filter(([path]) => path.endsWith('.ts'))

    expect(code.length).toBe(4)
    expect(code.filter(([, text]) => /from '(?!\.)/.test(text)).map(([path]) => path)).toEqual([])
  })
})
