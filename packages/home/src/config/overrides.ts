import type { Table } from '../changes/change.js'
import { isTable, mergePatch, newTable, type OpenTable } from '../data/table.js'
import { HomeError, TomlSyntaxError } from '../errors.js'
import { parseTomlExactly } from '../toml/parse.js'
import { tomlForm } from './json-form.js'

/**
 * What `-c key=value` options say, as one table: the value is TOML, or else the text as it is; later ones win.
 * Parts of the key with dots in them stand in double quotes. Touches no disk.
 *
 * @throws HomeError `BAD_OVERRIDE` for one without `=` or with an empty key, in the reference's words
 */
export function parseOverrides(options: readonly string[]): Table {
  return options.reduce<Table>((table, option) => set(table, ...splitOption(option)), newTable())
}

/** The same for JSON values, keyed by dotted path. */
export function nestOverrides(values: { readonly [dottedKey: string]: unknown }): Table {
  return Object.entries(values).reduce<Table>(
    (table, [key, value]) => set(table, splitKey(key), tomlForm(value)),
    newTable(),
  )
}

function splitOption(option: string): [readonly string[], unknown] {
  const equals = indexOfEquals(option)
  if (equals < 0) throw new HomeError('BAD_OVERRIDE', `Invalid override (missing '='): ${option}`)
  const key = option.slice(0, equals).trim()
  if (key === '') throw new HomeError('BAD_OVERRIDE', `Empty key in override: ${option}`)
  return [splitKey(key), parseValue(option.slice(equals + 1).trim())]
}

/** The first `=` outside quotes. */
function indexOfEquals(option: string): number {
  const before = /^(?:[^"=]|"[^"]*")*/.exec(option)?.[0].length ?? 0
  return option[before] === '=' ? before : option.indexOf('=')
}

function splitKey(key: string): string[] {
  const parts = key.match(/(?:[^."]|"[^"]*")+/g) ?? []
  return parts.map((part) => part.replaceAll('"', ''))
}

/** TOML where it is; else the words themselves, less the quotes around them. */
function parseValue(text: string): unknown {
  try {
    return parseTomlExactly(`value = ${text}`, '-c').value
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error
    return text.replace(/^["']+|["']+$/g, '')
  }
}

/** Setting something below a value that is no table replaces it. */
function set(table: Table, path: readonly string[], value: unknown): Table {
  const [key = '', ...rest] = path
  const changed: OpenTable = mergePatch(table, newTable()) as OpenTable
  const below = changed[key]
  changed[key] = rest.length === 0 ? value : set(isTable(below) ? below : newTable(), rest, value)
  return changed
}
