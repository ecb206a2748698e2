import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { isMissing } from '../files/digest.js'
import { parseJson } from '../json/parse.js'
import { PluginError } from './plugin-error.js'

/** Manifests are lists of names; this is far more than any. */
const maxBytes = 4 * 1024 * 1024

/** Text of a manifest, undefined when it is not there. Links are not followed. Reads the disk. @throws PluginError */
function readText(path: string): string | undefined {
  let descriptor: number
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw new PluginError('unsafe', `${shown(path)} cannot be read as a plain file`, { cause: error })
  }
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return undefined
    if (stats.size > maxBytes)
      throw new PluginError(
        'too-large',
        `${shown(path)} has ${stats.size} bytes, more than the ${maxBytes} that are read`,
      )
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** A JSON file whose root is a table; undefined when it is not there. Reads the disk. @throws PluginError, JsonSyntaxError */
export function readManifestFile(path: string): Table | undefined {
  const text = readText(path)
  if (text === undefined) return undefined
  const value = parseJson(text, path)
  if (!isTable(value)) throw new PluginError('invalid', `${shown(path)}: the root must be an object`)
  return value
}

/** The file and its folder: what is before them may be of no use to anybody soon. */
function shown(path: string): string {
  return path.split(/[\\/]/).slice(-2).join('/')
}

/** A text of a table, or null. */
export function textAt(table: Table | undefined, key: string): string | null {
  const value = table?.[key]
  return typeof value === 'string' ? value : null
}

/** The table at a key, or undefined. */
export function tableAt(table: Table | undefined, key: string): Table | undefined {
  const value = table?.[key]
  return isTable(value) ? value : undefined
}

/** The texts of a list, or of a single text; none for anything else. */
export function textsAt(table: Table | undefined, key: string): readonly string[] {
  const value = table?.[key]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}

/** A path that starts with `./` and stays below `root`, as an absolute one; undefined for anything else. */
export function pathBelow(root: string, written: string): string | undefined {
  if (!written.startsWith('./') || /[\\\0]/.test(written)) return undefined
  const parts = written
    .slice(2)
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  return parts.includes('..') ? undefined : [root, ...parts].join('/')
}
