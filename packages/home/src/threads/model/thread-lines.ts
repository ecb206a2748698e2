import type { RolloutLine } from '../rollout/line.js'
import { isBlank, parseRolloutLine, peekTypes } from '../rollout/parse-line.js'
import { type RawLine, scanLines } from '../rollout/scan-lines.js'
import { readThreadHead } from './read-head.js'
import type { ThreadHead } from './thread-head.js'

/** A file, or the part of it that belongs to a thread. */
export interface ThreadPart {
  readonly path: string
  readonly untilOrdinal: number | null
  readonly untilByte: number | null
}

/** Gives the file that a thread goes on from, by `HistoryBase.fileId`; undefined when it is gone. */
export type FileOf = (fileId: string) => string | undefined

/** More files than a person ever takes back or forks in a row: a circle ends here. */
const maxParts = 1000

/** The files that a thread stands in, oldest first, the thread's own last. Reads their heads. */
export function partsOf(head: ThreadHead, fileOf: FileOf | undefined): ThreadPart[] {
  const parts: ThreadPart[] = [{ path: head.path, untilOrdinal: null, untilByte: null }]
  for (let base = head.historyBase; base && parts.length < maxParts; ) {
    const path = fileOf?.(base.fileId)
    if (path === undefined) break
    parts.unshift({ path, untilOrdinal: base.endOrdinalExclusive, untilByte: base.endByteOffset })
    base = readThreadHead(path).historyBase
  }
  return parts
}

/** A line that says something to a reader of the conversation. */
export interface ThreadLine {
  /** Null for garbage and for what is of no interest: only counted. */
  readonly line: RolloutLine | null
  readonly isGarbage: boolean
  readonly start: number
  readonly end: number
}

export interface ThreadLinesOptions {
  /** Bytes of the file to begin at and to stop before. */
  readonly from?: number
  readonly until?: number
  /** Makes a line of its bytes, null of garbage. Default: {@link parseRolloutLine}. */
  readonly parse?: (raw: RawLine) => RolloutLine | null
}

/** Lines of these types show nothing and are not parsed. */
const unseenTypes = new Set([
  'session_meta',
  'response_item',
  'turn_context',
  'world_state',
  'token_usage_record',
  'retained_context',
])
const unseenEvents = new Set(['token_count', 'thread_settings_applied', 'thread_name_updated'])
/** The lines that count when a turn is named after its line. */
const knownTypes = new Set([...unseenTypes, 'event_msg', 'compacted'])

const closingBrace = 0x7d

/**
 * The lines of a part that a thread reader knows, in order: the unseen ones as null, without parsing them. Garbage comes
 * too; lines of unknown types do not.
 */
export function* threadLines(part: ThreadPart, options: ThreadLinesOptions = {}): Generator<ThreadLine> {
  const { from = 0, parse = parseRolloutLine } = options
  const until = Math.min(part.untilByte ?? Number.POSITIVE_INFINITY, options.until ?? Number.POSITIVE_INFINITY)
  for (const raw of scanLines(part.path, { from, until })) {
    if (isBlank(raw)) continue
    const { start, end } = raw
    const peeked = raw.buffer[raw.to - 1] === closingBrace ? peekTypes(raw) : undefined
    if (peeked && isUnseen(peeked)) {
      yield { line: null, isGarbage: false, start, end }
      continue
    }
    const line = raw.isTooLong ? null : parse(raw)
    if (!line) yield { line: null, isGarbage: true, start, end }
    if (!line || !knownTypes.has(line.type)) continue
    if (part.untilOrdinal !== null && line.ordinal !== undefined && line.ordinal >= part.untilOrdinal) return
    yield { line, isGarbage: false, start, end }
  }
}

function isUnseen({ type, payloadType }: { type: string; payloadType: string | undefined }): boolean {
  return unseenTypes.has(type) || (type === 'event_msg' && payloadType !== undefined && unseenEvents.has(payloadType))
}
