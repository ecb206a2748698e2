import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sources } from '../../src/registry.js'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** Every TypeScript file below a folder of the package, by its path below `src`. */
function filesBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const entries = readdirSync(join(SRC, folder), { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(SRC.length + 1), text: readFileSync(path, 'utf8') }))
}

const importsOf = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(([, name]) => name!)

describe('the two axes', () => {
  const kinds = filesBelow('kinds')

  it('kinds import nothing of sources', () => {
    const guilty = kinds.filter(({ text }) => importsOf(text).some((name) => /\/sources\//.test(name)))

    expect(kinds.length).toBeGreaterThan(50)
    expect(guilty.map(({ path }) => path)).toEqual([])
  })

  it('kinds name no agent', () => {
    const names = sources.flatMap(({ displayName, id }) => [displayName, id]).filter((name) => name !== 'cursor')
    const named = new RegExp(`\\b(?:${names.join('|')}|claude|\\.cursor)\\b`)
    const guilty = kinds.filter(({ text }) => named.test(text.replace(/(?:query|params)\.cursor/g, '')))

    expect(names.length).toBeGreaterThan(2)
    expect(guilty.map(({ path }) => path)).toEqual([])
  })

  it('sources import nothing of kinds, and nothing of each other', () => {
    const folders = sources.map(({ id }) => id)
    const guilty = folders.flatMap((folder) =>
      filesBelow(`sources/${folder}`).filter(({ text }) =>
        importsOf(text).some(
          (name) => /\/kinds\//.test(name) || folders.some((other) => other !== folder && name.includes(`/${other}/`)),
        ),
      ),
    )

    expect(guilty.map(({ path }) => path)).toEqual([])
  })

  it('every source has a folder of its own, and is named nowhere outside it but where sources are listed', () => {
    const outside = filesBelow('').filter(({ path }) => !path.startsWith('sources/'))
    const importers = outside.filter(({ text }) => importsOf(text).some((name) => /\/sources\//.test(name)))

    expect(importers.map(({ path }) => path).sort()).toEqual(['registry.ts', 'session-readers.ts'])
  })
})
