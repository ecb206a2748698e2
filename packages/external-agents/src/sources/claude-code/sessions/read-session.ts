import { basename } from 'node:path'
import type { SessionEvent, SessionReading, SessionReadReport } from '../../../session.js'
import { Pace } from '../../reading/sessions/pace.js'
import { asText, timeOf } from '../../reading/sessions/record.js'
import { SessionTally } from '../../reading/sessions/session-tally.js'
import { SurrogateRepair } from '../../reading/sessions/well-formed.js'
import { LogFile } from './log-file.js'
import { blockOf, blocksOf } from './reading/blocks.js'
import { EventFlow } from './reading/event-flow.js'
import { HelperLinks, requestTexts } from './reading/helper-links.js'
import { type IndexedLog, indexLog } from './reading/index-log.js'
import { helperBeginnings, helperRequests, inlineHelperPath, splitHelperPath } from './reading/inline-helpers.js'
import { spokenPieces } from './reading/person-words.js'
import { type ReadingOrder, readingOrder } from './reading/reading-order.js'
import type { ReadingState } from './reading/reading-state.js'
import { readRecord } from './reading/record-events.js'
import { RecordFlag, type RecordIndex } from './reading/record-index.js'
import { RecordLoader } from './reading/record-loader.js'
import { IdHash } from './reading/record-marks.js'

export interface ReadSessionOptions {
  /** Logs of the session's helper agents (`subagentPaths` of its summary): each gets a `subagent` event. */
  readonly subagentPaths?: readonly string[]
  /** Gives only what stands at this byte or after it: `endByte` of the report of an earlier reading. */
  readonly fromByte?: number
  /** Ends the work. */
  readonly signal?: AbortSignal
}

/**
 * The conversation that a log of Claude Code holds, event by event: the chain of its last message, whatever the order of the
 * file. Goes through the log twice and holds some 60 bytes per record and one record at a time. Works in slices of a few
 * milliseconds. A log that grows meanwhile is read as it was at the start.
 *
 * `path` may also be that of a `subagent` event: of a helper agent that worked in the log of the session itself.
 *
 * Never throws for what the log holds. Iterate once; the iteration throws the file system's error when the log cannot be
 * read, and the signal's reason.
 */
export function readSession(path: string, options: ReadSessionOptions = {}): SessionReading {
  return new Reading(path, options)
}

class Reading implements SessionReading {
  report: SessionReadReport | undefined

  constructor(
    readonly path: string,
    readonly options: ReadSessionOptions,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<SessionEvent, void, void> {
    const pace = new Pace(this.options.signal)
    this.options.signal?.throwIfAborted()
    const { log: logPath, helperId } = splitHelperPath(this.path)
    const file = new LogFile(logPath)
    let loader: RecordLoader | undefined
    try {
      const size = file.size()
      file.hold(size)
      const log = await indexLog(file, size, pace)
      loader = new RecordLoader(file, size, log.index)
      const records = loader
      const beginnings = helperBeginnings(log.index)
      const helper = helperId === undefined ? undefined : { beginnings, first: findRecord(log.index, helperId) }
      const order = await readingOrder(log, (number) => isPrompt(records, number), pace, helper)
      const inline = helper || order.isHelperLog ? new Map() : inlineHelpers(logPath, records, beginnings)
      const tally = new SessionTally()
      const state: ReadingState = {
        flow: new EventFlow(),
        tally,
        helpers: new HelperLinks(this.options.subagentPaths ?? [], inline),
        surrogates: new SurrogateRepair(),
        answeredBeside: new Set(),
      }
      for (const number of order.order) {
        if (pace.isOver()) await pace.rest()
        const fate = this.#read(number, order, records, state)
        if (fate !== undefined) tally.fate(fate)
        for (const event of state.flow.take()) yield event
      }
      state.flow.end()
      for (const { callId, path } of state.helpers.rest()) {
        tally.seen('subagents')
        state.flow.add({ type: 'subagent', callId, path, atMs: null })
      }
      for (const event of state.flow.take()) yield event
      this.report = this.#concluded(log, order, state, size)
    } finally {
      loader?.close()
      file.close()
    }
  }

  /** Gives the record's fate; undefined when it has it by its type. */
  #read(number: number, order: ReadingOrder, loader: RecordLoader, state: ReadingState): string | undefined {
    const { index } = loader
    if (!index.has(number, RecordFlag.shows)) return undefined
    if (index.offsets[number]! < (this.options.fromByte ?? 0)) return 'before'
    const record = loader.load(number)
    if (!record) {
      state.tally.repair('garbage-line')
      return 'garbage'
    }
    if (index.has(number, RecordFlag.invalidUtf8)) state.tally.repair('invalid-utf8')
    const atMs = timeOf(record) ?? null
    if (atMs === null) state.tally.repair('missing-time')
    const id = asText(record.uuid) || `record-${number}`
    return readRecord({ record, id, atMs, isBeside: order.beside.has(number) }, state)
  }

  #concluded(log: IndexedLog, order: ReadingOrder, state: ReadingState, size: number): SessionReadReport {
    const { tally } = state
    accountForRest(log, order, tally)
    for (const [fate, count] of log.fates) {
      tally.fate(fate, count)
      if (fate === 'garbage') tally.repair('garbage-line', count - (log.isTorn ? 1 : 0))
      if (fate === 'too-large') tally.repair('too-large', count)
    }
    if (log.isTorn) tally.repair('torn-line')
    if (log.hadByteOrderMark) tally.repair('byte-order-mark')
    tally.repair('lone-surrogate', state.surrogates.count)
    // The session itself accounts for them, where one helper's part of a log is read.
    if (!order.isPart) for (const [fate, of] of CLASSES_OF_FATES) tally.seen(of, tally.counts[fate] ?? 0)
    return {
      records: log.lines,
      counts: tally.counts,
      repairs: tally.repairs,
      facts: tally.facts(sessionIdOf(this.path), this.path),
      endByte: log.endByte,
      bytes: size,
      sha256: log.sha256,
    }
  }
}

/** The stem of the log's name, with the id of the helper whose work in it is read. */
function sessionIdOf(path: string): string {
  const { log, helperId } = splitHelperPath(path)
  const stem = basename(log, '.jsonl')
  return helperId === undefined ? stem : `${stem}#${helperId}`
}

/** What is left out of a session, by the fate of its records. */
const CLASSES_OF_FATES = [
  ['other-branch', 'other-branches'],
  ['sidechain', 'sidechains'],
  ['duplicate', 'duplicates'],
  ['garbage', 'garbage'],
  ['too-large', 'too-large'],
] as const

/** Gives a fate to every record that was not read. */
function accountForRest(log: IndexedLog, { order, isHelperLog, isPart }: ReadingOrder, tally: SessionTally): void {
  const { index, otherTypes } = log
  const isRead = new Uint8Array(index.count)
  for (const number of order) isRead[number] = 1
  for (let number = 0; number < index.count; number += 1) {
    const type = otherTypes.get(number)
    if (type !== undefined) tally.fate(`bookkeeping:${type}`)
    else if (isRead[number] === 1) continue
    else if (isPart) tally.fate('outside')
    else if (!isHelperLog && index.has(number, RecordFlag.sidechain)) tally.fate('sidechain')
    else tally.fate('other-branch')
  }
}

/** Helpers that worked in the session's own log, each with the texts of its request. */
function inlineHelpers(log: string, loader: RecordLoader, beginnings: Int32Array): Map<string, readonly string[]> {
  const helpers = new Map<string, readonly string[]>()
  for (const number of helperRequests(loader.index, beginnings)) {
    const record = loader.load(number)
    const id = asText(record?.uuid)
    if (record && id) helpers.set(inlineHelperPath(log, id), requestTexts(record))
  }
  return helpers
}

function findRecord(index: RecordIndex, uuid: string): number {
  const id = new IdHash()
  const bytes = Buffer.from(uuid)
  id.set(bytes, 0, bytes.length)
  return index.find(id)
}

/** Whether a record is a request of the person, and not a result, a note or a summary. */
function isPrompt(loader: RecordLoader, number: number): boolean {
  const { index } = loader
  const excluded = RecordFlag.meta | RecordFlag.compaction | RecordFlag.toolResult
  if (!index.has(number, RecordFlag.user) || index.has(number, excluded)) return false
  const record = loader.load(number)
  return (record ? blocksOf(record) : []).some((value) => {
    const block = blockOf(value)
    return block.type === 'text' && spokenPieces(asText(block.text) ?? '').some((piece) => piece.type === 'words')
  })
}
