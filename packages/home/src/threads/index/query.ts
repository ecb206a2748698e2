import type { ThreadHead } from '../model/thread-head.js'

/** The kinds of origin that a list can be narrowed to. `custom` is ours: threads of programs that name themselves. */
export type ThreadSourceKind =
  | 'cli'
  | 'vscode'
  | 'exec'
  | 'appServer'
  | 'subAgent'
  | 'subAgentReview'
  | 'subAgentCompact'
  | 'subAgentThreadSpawn'
  | 'subAgentOther'
  | 'custom'
  | 'unknown'

export type ThreadSortKey = 'created_at' | 'updated_at' | 'recency_at'

/** Which threads, in which order, from where. Every absent member narrows nothing. */
export interface ThreadQuery {
  /** Default false: only those that are not put away. */
  readonly archived?: boolean
  /** Default and `[]`: those a person talks in (`cli`, `vscode`, `custom`). */
  readonly sourceKinds?: readonly ThreadSourceKind[]
  /** `[]`: all. A thread whose file names none counts as `defaultModelProvider`. */
  readonly modelProviders?: readonly string[]
  readonly defaultModelProvider?: string
  /** Exact paths. */
  readonly cwds?: readonly string[]
  /** Part of name or preview, case matters. */
  readonly searchTerm?: string
  readonly parentThreadId?: string
  /** Descendants at any depth, without the ancestor itself. */
  readonly ancestorThreadId?: string
  readonly excludedThreadIds?: readonly string[]
  /** Threads without a user message are left out unless this is true. */
  readonly includeEmpty?: boolean
  /** Default `created_at`. */
  readonly sortKey?: ThreadSortKey
  /** Default `desc`. */
  readonly sortDirection?: 'asc' | 'desc'
  /** Where an earlier page ended: `<RFC 3339 time>|<thread id>`. */
  readonly cursor?: string
  /** Default 25. */
  readonly limit?: number
}

/** A thread of the index: its head, and what stands beside its file. */
export interface ThreadRecord extends ThreadHead {
  /** The last name given in `session_index.jsonl`; null when none was. */
  readonly name: string | null
  /** Milliseconds since the epoch: what lists by recency go by. */
  readonly recencyAtMs: number
}

/** A page of threads. Cursors are null where there is nothing more that way. */
export interface ThreadPage {
  readonly threads: readonly ThreadRecord[]
  readonly nextCursor: string | null
  readonly backwardsCursor: string | null
}

/** Which threads hold a text, in their name or in what was said. */
export interface ThreadSearch extends Omit<ThreadQuery, 'searchTerm'> {
  readonly searchTerm: string
  readonly signal?: AbortSignal
}

/** A page of threads with the place where each holds the text. */
export interface ThreadSearchPage extends ThreadPage {
  /** Thread id to the words around the first hit. */
  readonly snippets: ReadonlyMap<string, string>
}
