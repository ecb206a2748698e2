import { statSync } from 'node:fs'
import type { Table } from '../changes/change.js'
import { textOf } from '../data/utf8.js'
import { TomlSyntaxError } from '../errors.js'
import { readIfThere } from '../files/digest.js'
import { parseTomlExactly } from '../toml/parse.js'
import { jsonForm, versionOf } from './json-form.js'

/** One configuration file as it is on the disk. */
export interface LayerFile {
  /** Whole numbers are bigint. */
  readonly exact: Table
  /** JSON values only. */
  readonly json: Table
  readonly version: string
  /** The file's text; undefined: there is no file. */
  readonly text: string | undefined
}

interface Known {
  readonly stamp: string
  readonly layer: LayerFile
}

const known = new Map<string, Known>()
/** More files than one server sees in a day of work; past it the oldest goes. */
const mostKnown = 200

/** Reads a configuration file; a missing one is empty. J5: one that did not change since is not read again. @throws TomlSyntaxError */
export function readLayerFile(file: string): LayerFile {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true })
  const stamp = stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}` : 'missing'
  const cached = known.get(file)
  if (cached?.stamp === stamp) return cached.layer
  const layer = layerOf(textAt(file), file)
  known.delete(file)
  known.set(file, { stamp, layer })
  const [oldest] = known.keys()
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  return layer
}

/** What a configuration text says. Touches no disk. @throws TomlSyntaxError */
export function layerOf(text: string | undefined, file: string): LayerFile {
  const exact = parseTomlExactly(text ?? '', file)
  return { exact, json: jsonForm(exact), version: versionOf(exact), text }
}

function textAt(file: string): string | undefined {
  const bytes = readIfThere(file)
  const text = bytes && textOf(bytes)
  if (!bytes) return undefined
  if (text !== undefined) return text
  const detail = 'the file is not valid UTF-8'
  throw new TomlSyntaxError(file, 1, 1, detail, `TOML parse error at line 1, column 1\n${detail} (${file})`)
}
