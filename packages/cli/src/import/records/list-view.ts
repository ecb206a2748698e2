import { tableLines } from '../../terminal/table.js'
import { counted, type View } from '../view.js'
import type { Histories } from '../wire.js'

/** One line of the list of imports. */
export interface ListedImport {
  readonly id: string
  readonly atMs: number
  readonly what: string
  /** `no record`: made elsewhere, or it wrote nothing: there is nothing to undo. */
  readonly state: 'done' | 'running' | 'interrupted' | 'undone' | 'no record'
}

/** Imports and undos, newest first. */
export function listedImports({ data, journals = [] }: Histories): readonly ListedImport[] {
  const histories = new Map(data.map((entry) => [entry.importId, entry]))
  const recorded = journals.map(({ id, reverses, startedAtMs, state }): ListedImport => {
    const history = histories.get(id)
    histories.delete(id)
    const what = reverses === null ? whatOf(history) : `undo of ${reverses}`
    return { id, atMs: history?.completedAtMs ?? startedAtMs, what, state }
  })
  const others = [...histories.values()].map((entry): ListedImport => {
    return { id: entry.importId, atMs: entry.completedAtMs, what: whatOf(entry), state: 'no record' }
  })
  return [...recorded, ...others].sort((a, b) => b.atMs - a.atMs)
}

/** The list for people. */
export function listLines(imports: readonly ListedImport[], view: View): readonly string[] {
  if (imports.length === 0) return ['Nothing was imported yet.']
  const header = [{ heading: 'id' }, { heading: 'when' }, { heading: 'state' }, { heading: 'what' }]
  const rows = imports.map(({ id, atMs, what, state }) => [id, when(atMs), state, what])
  return tableLines(header, rows, Math.max(view.columns, widest))
}

/** Ids must be whole, so that they can be copied. */
const widest = 160

function when(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}

function whatOf(history: Histories['data'][number] | undefined): string {
  if (!history) return 'it did not get to its end'
  const { successes, failures } = history
  return `${counted(successes.length, 'thing')}${failures.length > 0 ? `, ${failures.length} failed` : ''}`
}
