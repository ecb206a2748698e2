import type { Thread } from '@gangway/protocol'

/** What is known of a loaded thread beside its engine, for as long as nothing of it is on disk. */
export interface LiveFacts {
  readonly threadId: string
  readonly createdAtMs: number
  readonly source: Thread['source']
  readonly threadSource: string | null
  readonly originator: string
  readonly forkedFromId: string | null
  readonly historyMode: 'legacy' | 'paginated'
  /** A name that was given before there was a file. */
  name: string | null
}
