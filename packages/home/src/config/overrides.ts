import type { Table } from '../changes/change.js'

/**
 * What `-c key=value` options say, as one table: the value is TOML, or else the text as it is; later ones win.
 *
 * @throws HomeError `BAD_OVERRIDE` for one without `=` or with an empty key
 */
export function parseOverrides(options: readonly string[]): Table {
  throw new Error(`not built: ${options}`)
}

/** The same for values already parsed, keyed by dotted path. */
export function nestOverrides(values: { readonly [dottedKey: string]: unknown }): Table {
  throw new Error(`not built: ${Object.keys(values)}`)
}
