import { randomBytes } from 'node:crypto'
import { readThreadHead } from '../model/read-head.js'
import type { ReadThreadOptions } from '../model/read-thread.js'
import { ThreadBuilder } from '../model/thread-builder.js'
import type { ThreadHead } from '../model/thread-head.js'
import { partsOf, type ThreadLine, threadLines } from '../model/thread-lines.js'
import type { RolloutLine } from '../rollout/line.js'
import { lineOf, parseRolloutLine } from '../rollout/parse-line.js'
import type { RawLine } from '../rollout/scan-lines.js'
import { TimeSlices } from '../time-slices.js'
import { JsonPieces } from './json-pieces.js'
import { shortened, UnusualText } from './long-texts.js'
import { TextStore } from './text-store.js'

/** A thread with its turns as JSON text, ready to be sent. */
export interface ThreadText {
  readonly head: ThreadHead
  /** A JSON array of the turns that `readThread` gives, in pieces of UTF-8. */
  readonly turns: readonly Buffer[]
}

const linesBetweenLooks = 64
/** What is held as turns at a time. */
const chunkBytes = 1024 * 1024
/** Shorter lines have no text that is worth the trouble. */
const shortLineBytes = 400

/**
 * The turns that `readThread` gives, as JSON. Long texts go from the file to the answer as they stand there, without
 * being parsed and written again, and no more than a megabyte of the thread is ever held as turns.
 *
 * Gives the event loop a turn every few milliseconds.
 *
 * @returns undefined for a thread that only `readThread` does justice: turns were taken back or are told of out of order,
 * or a text is spelled in an unusual way
 * @throws as `readThread`
 */
export async function readThreadText(path: string, options: ReadThreadOptions = {}): Promise<ThreadText | undefined> {
  options.signal?.throwIfAborted()
  const head = readThreadHead(path)
  const writer = new TurnsWriter(head.historyMode)
  const slices = new TimeSlices(options.signal)
  try {
    for (const part of partsOf(head, options.fileOf)) {
      let until = chunkBytes
      for (const read of threadLines(part, { parse: writer.parse })) {
        if (writer.index % linesBetweenLooks === 0 && slices.isUp) await slices.breathe()
        if (read.line && writer.isTangled(read.line)) return undefined
        if (read.line && read.start >= until && writer.isBoundary(read.line)) {
          writer.flush(false)
          until = read.start + chunkBytes
          writer.push({ ...read, line: writer.parseAgain() })
        } else writer.push(read)
      }
      // The next part begins with lines of its own; a turn that this one left open does not go on there.
      writer.flush(part.path === head.path && (options.isLive ?? false))
    }
    return { head, turns: writer.end() }
  } catch (error) {
    if (error instanceof UnusualText) return undefined
    throw error
  }
}

/** Lines in, JSON of turns out, a chunk at a time. */
class TurnsWriter {
  readonly #store = new TextStore()
  readonly #marker = `text-${randomBytes(6).toString('hex')}:`
  readonly #pieces = new JsonPieces(this.#store, this.#marker)
  readonly #earlier = new Set<string>()
  #builder: ThreadBuilder
  #separator = '['
  #raw: RawLine | undefined
  /** Place of the next line among those that a rollout reader knows. */
  index = 0

  constructor(readonly historyMode: ThreadHead['historyMode']) {
    this.#builder = new ThreadBuilder(historyMode)
  }

  readonly parse = (raw: RawLine): RolloutLine | null => {
    this.#raw = raw
    if (raw.to - raw.from < shortLineBytes) return parseRolloutLine(raw)
    return lineOf(shortened(raw, this.#store, this.#marker))
  }

  /** The line that was parsed last, with its texts in the store as it is now. */
  parseAgain(): RolloutLine | null {
    return this.#raw ? this.parse(this.#raw) : null
  }

  /** Whether the line tells of a turn that is written already. */
  isTangled({ payload: { turn_id: id, type } }: RolloutLine): boolean {
    return type === 'thread_rolled_back' || (typeof id === 'string' && this.#earlier.has(id))
  }

  isBoundary(line: RolloutLine): boolean {
    return this.#builder.isBoundary(line)
  }

  push({ line, isGarbage }: ThreadLine): void {
    if (line) this.#builder.push(line, this.index)
    if (!isGarbage) this.index++
  }

  flush(isLive: boolean): void {
    for (const turn of this.#builder.turns(isLive)) {
      this.#earlier.add(turn.id)
      this.#pieces.add(this.#separator)
      this.#pieces.addMarked(JSON.stringify(turn))
      this.#separator = ','
    }
    this.#builder = new ThreadBuilder(this.historyMode, this.#builder.itemCount)
    this.#store.clear()
  }

  end(): Buffer[] {
    this.#pieces.add(this.#separator === '[' ? '[]' : ']')
    return this.#pieces.end()
  }
}
