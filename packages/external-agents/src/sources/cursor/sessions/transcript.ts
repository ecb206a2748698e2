import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { SessionEvent, SessionReading, SessionReadReport } from '../../../session.js'
import type { SessionReadOptions } from '../../../session-source.js'
import { Pace } from '../../reading/sessions/pace.js'
import { asText, parseRecord } from '../../reading/sessions/record.js'
import { SessionTally } from '../../reading/sessions/session-tally.js'
import { SurrogateRepair } from '../../reading/sessions/well-formed.js'
import { RecordReader } from './record-events.js'

/** One line of a transcript. */
interface Line {
  readonly start: number
  readonly end: number
  /** Where the line after it starts. */
  readonly next: number
}

/**
 * The conversation in a transcript, line by line in the order of the file. Holds the file in memory: transcripts have words
 * and calls, no results. Iterate once; the iteration throws the file system's error when it cannot be read, and the
 * signal's reason.
 */
export function readTranscript(path: string, options: SessionReadOptions): SessionReading {
  return new Reading(path, options)
}

class Reading implements SessionReading {
  report: SessionReadReport | undefined

  constructor(
    readonly path: string,
    readonly options: SessionReadOptions,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<SessionEvent, void, void> {
    const { signal, fromByte = 0, subagentPaths = [] } = this.options
    signal?.throwIfAborted()
    const bytes = readFileSync(this.path)
    const pace = new Pace(signal)
    const tally = new SessionTally()
    const halves = new SurrogateRepair()
    const reader = new RecordReader(tally)
    let records = 0
    let endByte = 0
    let isTorn = false
    for (const line of linesOf(bytes)) {
      if (pace.isOver()) await pace.rest()
      const isWhole = line.next > line.end
      if (isWhole) endByte = line.next
      if (isBlank(bytes, line)) continue
      records += 1
      const record = parseRecord(bytes, line.start, line.end)
      if (record === undefined) {
        if (!isWhole) isTorn = true
        tally.fate('garbage')
        tally.seen('garbage')
        continue
      }
      if (!isWhole) endByte = bytes.length
      const { fate, events } = reader.read(record, `line-${records}`)
      const isBefore = line.start < fromByte
      tally.fate(isBefore && (fate === 'shown' || fate === 'note') ? 'before' : fate)
      if (!isBefore) for (const event of events) yield halves.value(event) as SessionEvent
    }
    for (const path of subagentPaths) {
      tally.seen('subagents')
      yield { type: 'subagent', callId: null, path, atMs: null }
    }
    const garbage = (tally.counts.garbage ?? 0) - (isTorn ? 1 : 0)
    tally.repair('garbage-line', garbage)
    tally.repair('torn-line', isTorn ? 1 : 0)
    tally.repair('lone-surrogate', halves.count)
    tally.repair('missing-time', reader.withoutTime)
    this.report = {
      records,
      counts: tally.counts,
      repairs: tally.repairs,
      facts: tally.facts(basename(this.path, '.jsonl'), this.path),
      endByte,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }
  }
}

function* linesOf(bytes: Buffer): Generator<Line> {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed
    const next = feed === -1 ? bytes.length : feed + 1
    yield { start, end, next }
    start = next
  }
}

function isBlank(bytes: Buffer, { start, end }: Line): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 0x20) return false
  return true
}

/** What the first lines of a transcript say of its conversation. */
export interface TranscriptHead {
  readonly cwd: string | null
  readonly title: string | null
  readonly firstMs: number | null
  readonly lastMs: number | null
  readonly hasMessage: boolean
  readonly hasUserMessage: boolean
}

/** Reads a transcript for what detect needs. @throws the file system's error */
export function headOf(bytes: Buffer): TranscriptHead {
  const reader = new RecordReader(new SessionTally())
  let cwd: string | null = null
  let title: string | undefined
  let firstMs: number | null = null
  let lastMs: number | null = null
  let hasMessage = false
  let hasUserMessage = false
  for (const line of linesOf(bytes)) {
    const record = parseRecord(bytes, line.start, line.end)
    if (record === undefined) continue
    cwd ??= asText(record.cwd) ?? null
    const { events, title: titled } = reader.read(record, '')
    title ??= titled
    for (const { type, atMs } of events.filter((event) => 'atMs' in event)) {
      hasMessage ||= type === 'userMessage' || type === 'agentMessage' || type === 'toolCall'
      hasUserMessage ||= type === 'userMessage'
      firstMs ??= atMs
      lastMs = atMs ?? lastMs
    }
  }
  return { cwd, title: title ?? null, firstMs, lastMs, hasMessage, hasUserMessage }
}
