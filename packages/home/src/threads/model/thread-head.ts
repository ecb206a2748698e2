/** Where a thread came from, when it was brought over from another agent. */
export interface ThreadProvenance {
  readonly source_agent: string
  readonly source_path: string
  readonly source_session_id: string
  readonly import_id: string
  readonly parent_thread_id?: string
}

/** The part of another file that a thread begins with. */
export interface HistoryBase {
  /** A thread's id, or the second id in the name of a file that a thread taken back goes on in. */
  readonly fileId: string
  /** Its lines from this ordinal on do not belong. */
  readonly endOrdinalExclusive: number | null
  /** Nor do its bytes from here on. */
  readonly endByteOffset: number | null
}

/** What a list needs of one thread: read from the head and the tail of its file, never from the whole. */
export interface ThreadHead {
  readonly id: string
  /** The second id in the file's name: this file took the place of an earlier one when the thread was taken back. */
  readonly revisionId: string | null
  readonly sessionId: string
  readonly path: string
  readonly isArchived: boolean
  readonly historyMode: 'legacy' | 'paginated'
  /** Where the conversation before this file stands, when it goes on from another one: a fork, or one taken back. */
  readonly historyBase: HistoryBase | null
  /** Milliseconds since the epoch: `session_meta`, else the file's name, else the file's time. */
  readonly createdAtMs: number
  /** Milliseconds since the epoch: the file's time. */
  readonly updatedAtMs: number
  readonly cwd: string
  readonly originator: string | null
  readonly cliVersion: string
  /** As the wire spells it: `cli`, `vscode`, `exec`, `appServer`, `unknown`, `{custom}` or `{subAgent}`. */
  readonly source: string | { readonly [kind: string]: unknown }
  readonly threadSource: string | null
  /** Null when the file names none. */
  readonly modelProvider: string | null
  readonly model: string | null
  readonly reasoningEffort: string | null
  /** The first user message that is not blank, without blanks around it; empty when there is none yet. */
  readonly preview: string
  /** Byte of the file behind the line that gave the preview; null when none did. */
  readonly previewEnd: number | null
  readonly gitInfo: {
    readonly sha: string | null
    readonly branch: string | null
    readonly originUrl: string | null
  } | null
  readonly parentThreadId: string | null
  readonly forkedFromId: string | null
  readonly agentNickname: string | null
  readonly agentRole: string | null
  readonly provenance: ThreadProvenance | null
  readonly sizeBytes: number
  /** File time in nanoseconds since the epoch, exact. */
  readonly modifiedNs: bigint
}
