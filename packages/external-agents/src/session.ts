import type { Fact } from './fact.js'

/** A picture in a conversation, as a data URL or as the file it lay in. */
export interface SessionImage {
  readonly mediaType: string
  /** Base64 as written in the log. */
  readonly base64?: string
  readonly url?: string
}

/** Something that was repaired while reading: the session comes over all the same. */
export interface SessionRepair {
  /**
   * `invalid-utf8`, `byte-order-mark`, `lone-surrogate`, `missing-time` (file time instead), `missing-cwd` (no record names a
   * folder), `missing-folder` (the one named is gone), `torn-line`, `garbage-line`, `too-large` (a line that cannot be held).
   */
  readonly code: string
  readonly count: number
}

/** What detect knows of one session log: read from its head and tail only, remembered by path, size and file time. */
export interface SessionSummary {
  /** Real path of the log. */
  readonly path: string
  /** The same file as the folder of sessions spells it: differs where that folder is reached through a link. */
  readonly listedPath: string
  /** The other agent's id: the file's stem. */
  readonly sessionId: string
  /** As the records say; where none does, the folder that the log's own folder is named for; null when that is unknown too. */
  readonly cwd: string | null
  readonly title: string | null
  /** Milliseconds since the epoch: first and last message, file time where records have none. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly sizeBytes: number
  /** Nanoseconds since the epoch, exact. */
  readonly modifiedNs: bigint
  readonly gitBranch: string | null
  readonly connectors: readonly string[]
  /** The log that goes on with this conversation, when its records name one that exists. */
  readonly continuedIn: string | null
  /** Logs of helper agents that this session started. */
  readonly subagentPaths: readonly string[]
  /** Why there is nothing to bring over, e.g. `no-user-message`; absent when there is. */
  readonly unusable?: { readonly code: string; readonly message: string }
  readonly repairs: readonly SessionRepair[]
}

/** What happened in a conversation, in neutral words, in reading order (the leaf's parent chain). `atMs` is null where the log has no time. */
export type SessionEvent =
  | {
      readonly type: 'userMessage'
      readonly id: string
      readonly atMs: number | null
      readonly text: string
      readonly images: readonly SessionImage[]
    }
  | {
      readonly type: 'agentMessage'
      readonly id: string
      readonly atMs: number | null
      readonly text: string
      readonly model: string | null
    }
  | { readonly type: 'reasoning'; readonly id: string; readonly atMs: number | null; readonly text: string }
  | {
      readonly type: 'toolCall'
      readonly id: string
      readonly atMs: number | null
      readonly tool: string
      readonly input: unknown
    }
  | {
      readonly type: 'toolResult'
      readonly callId: string
      readonly atMs: number | null
      readonly text: string
      readonly images: readonly SessionImage[]
      readonly isError: boolean
      /** The log's structured result (stdout, stderr, structuredPatch, …) where it has one. */
      readonly details: unknown
    }
  | { readonly type: 'compaction'; readonly atMs: number | null; readonly summary: string | null }
  /** Not the person's words: command wrappers, local command output, interruptions, notices. `code` says which. */
  | { readonly type: 'note'; readonly code: string; readonly atMs: number | null; readonly text: string }
  | {
      readonly type: 'document'
      readonly id: string
      readonly atMs: number | null
      readonly name: string | null
      readonly mediaType: string
      readonly text: string | null
    }
  /** `path`: the helper's log; for one that worked in the session's own log, that path, `#` and the id of its first record. */
  | { readonly type: 'subagent'; readonly callId: string | null; readonly path: string; readonly atMs: number | null }

/** One class of things in a session, such as its thinking: a fact of the account, and how often it stands there. */
export interface SessionFact extends Fact {
  /** `session:<session id>#<class>`, which is also the pointer: `thinking`, `tool-calls`, `images`, … */
  readonly id: string
  readonly count: number
}

/** What reading a whole log left out or repaired, counted, so that every record has a fate. */
export interface SessionReadReport {
  /** Lines that are not blank. The sum of `counts`. */
  readonly records: number
  /**
   * Records by fate code: `shown`, `note`, `meta`, `empty`, `duplicate`, `other-branch`, `sidechain`, `bookkeeping:<type>`,
   * `garbage`, `too-large`, `before` (brought over earlier), `outside` (not of the helper whose work in the log is read).
   */
  readonly counts: { readonly [code: string]: number }
  readonly repairs: readonly SessionRepair[]
  /** One per class that occurs. */
  readonly facts: readonly SessionFact[]
  /** End of the last whole line: where the next reading of a grown log starts (`fromByte`). */
  readonly endByte: number
  /** Size of the file as it was when the reading began. */
  readonly bytes: number
  /** SHA-256 (hex) of the bytes that were read: the whole file as it was when the reading began. */
  readonly sha256: string
}

/** The events of one session, to be iterated once. */
export interface SessionReading extends AsyncIterable<SessionEvent> {
  /** Complete when the iteration has ended; undefined before. */
  readonly report: SessionReadReport | undefined
}
