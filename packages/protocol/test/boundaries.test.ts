import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

describe('what a program loads from @gangway/protocol', () => {
  it.each(['index.ts', 'channel/index.ts', 'schema/index.ts'])(
    'is, from %s on, our own files and nothing else',
    (face) => {
      const files = new Set<string>()
      const foreign: string[] = []

      walk(join(source, face), files, foreign)

      expect(foreign).toEqual([])
      expect(files.size).toBeGreaterThan(3)
    },
  )

  it('is, from the main face, without the bundles', () => {
    const files = new Set<string>()

    walk(join(source, 'index.ts'), files, [])

    expect([...files].filter((file) => file.endsWith('definitions.gen.ts'))).toEqual([])
  })
})

/** Collects what is loaded when `file` is; what is only imported for its types is not. */
function walk(file: string, files: Set<string>, foreign: string[]): void {
  if (files.has(file)) return
  files.add(file)
  const text = readFileSync(file, 'utf8')
  for (const [, kind, name] of text.matchAll(/^(?:import|export)\b( type\b)?[^;]*?from '([^']+)'$/gm)) {
    if (kind !== undefined) continue
    if (name!.startsWith('.')) walk(join(dirname(file), name!.replace(/\.js$/, '.ts')), files, foreign)
    else foreign.push(`${file}: ${name}`)
  }
}
