import type { Table } from '../changes/change.js'
import { isTable, isTableList, newTable } from '../data/table.js'

/** A table, or list of tables, that is not in the document yet. */
export interface NewBlock {
  readonly path: readonly string[]
  readonly value: Table | readonly Table[]
}

/** A patch in two parts: whole new tables, which can be added as text, and the rest, which goes into existing ones. */
export interface SplitPatch {
  readonly blocks: readonly NewBlock[]
  readonly rest: Table
}

/** Splits `patch` by what `document` has. */
export function splitPatch(document: Table, patch: Table): SplitPatch {
  const blocks: NewBlock[] = []
  const rest = split(document, patch, [], blocks)
  return { blocks, rest }
}

function split(have: Table, want: Table, path: readonly string[], blocks: NewBlock[]): Table {
  const rest = newTable()
  for (const key of Object.keys(want)) {
    const [wanted, there] = [want[key], have[key]]
    if (there === undefined && (isTable(wanted) || isTableList(wanted)))
      blocks.push({ path: [...path, key], value: wanted })
    else if (isTable(wanted) && isTable(there)) {
      const below = split(there, wanted, [...path, key], blocks)
      if (Object.keys(below).length > 0) rest[key] = below
    } else rest[key] = wanted
  }
  return rest
}

/** A block as the patch that would make it. */
export function blockAsPatch({ path, value }: NewBlock): Table {
  return path.reduceRight<unknown>((inner, key) => Object.assign(newTable(), { [key]: inner }), value) as Table
}
