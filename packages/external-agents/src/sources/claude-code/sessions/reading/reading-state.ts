import type { LogRecord } from '../../../reading/sessions/record.js'
import type { SessionTally } from '../../../reading/sessions/session-tally.js'
import type { SurrogateRepair } from '../../../reading/sessions/well-formed.js'
import type { EventFlow } from './event-flow.js'
import type { HelperLinks } from './helper-links.js'

/** What one reading of a session works with. */
export interface ReadingState {
  readonly flow: EventFlow
  readonly tally: SessionTally
  readonly helpers: HelperLinks
  readonly surrogates: SurrogateRepair
  /** Calls whose results came from beside the chain, so that none gets two. */
  readonly answeredBeside: Set<string>
}

/** A record and what is known of its place. */
export interface PlacedRecord {
  readonly record: LogRecord
  /** The record's own id, or one made of its number. */
  readonly id: string
  readonly atMs: number | null
  /** Off the chain: only answers of tools count. */
  readonly isBeside: boolean
}

/** Adds a note, unless there is nothing in it. Gives whether there was. */
export function addNote(code: string, text: string, atMs: number | null, state: ReadingState): boolean {
  if (text.trim() === '') return false
  state.tally.seen('notes')
  state.flow.add({ type: 'note', code, atMs, text: state.surrogates.text(text) })
  return true
}
