import { isBlank, parseRolloutLine, peekTypes } from '../rollout/parse-line.js'
import { scanLines } from '../rollout/scan-lines.js'
import { TimeSlices } from '../time-slices.js'
import { readThreadHead } from './read-head.js'
import { ThreadBuilder } from './thread-builder.js'
import type { ThreadHead } from './thread-head.js'
import type { PlacedItem, StoredTurn } from './thread-item.js'

/** A thread as its file tells it. */
export interface StoredThread {
  readonly head: ThreadHead
  /** Oldest first, all with their items. */
  readonly turns: readonly StoredTurn[]
  /** Every item of every turn, oldest first. */
  readonly items: readonly PlacedItem[]
  /** Lines that could not be understood, counted. */
  readonly garbageLines: number
}

export interface ReadThreadOptions {
  /** The last turn may still be running. Default false: a turn that did not end was interrupted. */
  readonly isLive?: boolean
  /**
   * The file that a thread goes on from, by {@link HistoryBase.fileId}. Without it, or when the file is gone, only the
   * thread's own file is read.
   */
  readonly fileOf?: (fileId: string) => string | undefined
  /** Ends the work. */
  readonly signal?: AbortSignal
}

/**
 * The whole conversation of the rollout at `path`, in either form or both at once; each item is shown once.
 * Gives the event loop a turn every few milliseconds.
 *
 * @throws as {@link readThreadHead}
 */
export async function readThread(path: string, options: ReadThreadOptions = {}): Promise<StoredThread> {
  const head = readThreadHead(path)
  const reading = new Reading(new ThreadBuilder(head.historyMode), options.signal)
  for (const part of partsOf(head, options)) await reading.read(part)
  const turns = reading.builder.turns(options.isLive ?? false)
  const items = turns.flatMap((turn) => turn.items.map((item) => ({ turnId: turn.id, item })))
  return { head, turns, items, garbageLines: reading.garbageLines }
}

/** A file, up to where it belongs to the thread. */
interface Part {
  readonly path: string
  readonly untilOrdinal: number | null
  readonly untilByte: number | null
}

/** More files than a person ever takes back or forks in a row: a circle ends here. */
const maxParts = 1000

function partsOf(head: ThreadHead, { fileOf }: ReadThreadOptions): Part[] {
  const parts: Part[] = [{ path: head.path, untilOrdinal: null, untilByte: null }]
  for (let base = head.historyBase; base && parts.length < maxParts; ) {
    const path = fileOf?.(base.fileId)
    if (path === undefined) break
    parts.unshift({ path, untilOrdinal: base.endOrdinalExclusive, untilByte: base.endByteOffset })
    base = readThreadHead(path).historyBase
  }
  return parts
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

const linesBetweenLooks = 64
const closingBrace = 0x7d

class Reading {
  garbageLines = 0
  #index = 0
  readonly #slices: TimeSlices

  constructor(
    readonly builder: ThreadBuilder,
    signal: AbortSignal | undefined,
  ) {
    signal?.throwIfAborted()
    this.#slices = new TimeSlices(signal)
  }

  async read({ path, untilOrdinal, untilByte }: Part): Promise<void> {
    let sinceLook = 0
    for (const raw of scanLines(path, untilByte === null ? {} : { until: untilByte })) {
      if (++sinceLook === linesBetweenLooks) {
        sinceLook = 0
        if (this.#slices.isUp) await this.#slices.breathe()
      }
      if (isBlank(raw)) continue
      const peeked = raw.buffer[raw.to - 1] === closingBrace ? peekTypes(raw) : undefined
      if (peeked && isUnseen(peeked)) {
        this.#index++
        continue
      }
      const line = parseRolloutLine(raw)
      if (!line) this.garbageLines++
      if (!line || !knownTypes.has(line.type)) continue
      if (untilOrdinal !== null && line.ordinal !== undefined && line.ordinal >= untilOrdinal) return
      this.builder.push(line, this.#index++)
    }
  }
}

function isUnseen({ type, payloadType }: { type: string; payloadType: string | undefined }): boolean {
  return unseenTypes.has(type) || (type === 'event_msg' && payloadType !== undefined && unseenEvents.has(payloadType))
}
