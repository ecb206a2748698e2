import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs'
import type { Change } from '@gangway/home'
import { parseJson, parseToml } from '@gangway/home/parsing'
import { isTable, saysWhat } from './merge-patch.js'

/** Looks whether a change is on the disk: every file there with its size, every key with its value. @throws Error naming what is not */
export function verifyWritten(change: Change): void {
  switch (change.type) {
    case 'writeFile':
      assertFile(change.path, statSync(change.path, { throwIfNoEntry: false }), Buffer.byteLength(change.content))
      return
    case 'copyTree':
      for (const { relativePath, content } of change.files) {
        const path = `${change.path}/${relativePath}`
        const size = content === undefined ? undefined : Buffer.byteLength(content)
        assertFile(path, lstatSync(path, { throwIfNoEntry: false }), size)
      }
      return
    case 'mergeToml':
    case 'mergeJson': {
      const text = readFileSync(change.path, 'utf8')
      const said = change.type === 'mergeToml' ? parseToml(text, change.path) : parseJson(text, change.path, 'jsonc')
      if (!isTable(said) || !saysWhat(said, change.patch))
        throw new Error(`${change.path} does not say what was written to it`)
      return
    }
    default:
      change satisfies never
  }
}

function assertFile(path: string, stats: Stats | undefined, size: number | undefined): void {
  if (!stats?.isFile()) throw new Error(`${path} is not there after it was written`)
  if (size !== undefined && stats.size !== size)
    throw new Error(`${path} has ${stats.size} bytes, ${size} were written`)
}
