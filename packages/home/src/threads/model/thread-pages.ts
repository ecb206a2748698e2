import { TimeSlices } from '../time-slices.js'
import { readThreadHead } from './read-head.js'
import { type ReadThreadOptions, readThread } from './read-thread.js'
import { ThreadBuilder } from './thread-builder.js'
import type { ThreadHead } from './thread-head.js'
import type { StoredTurn } from './thread-item.js'
import { partsOf, type ThreadLine, type ThreadPart, threadLines } from './thread-lines.js'

/** A run of lines that holds whole turns: read by itself it gives the same turns as within the whole. */
interface Chunk {
  readonly part: ThreadPart
  readonly start: number
  end: number
  /** What was counted before it. */
  readonly lineIndex: number
  readonly itemCount: number
  readonly firstTurn: number
  turnIds: readonly string[]
}

/** A page costs a chunk or two: large enough to be few, small enough to be read in a few milliseconds. */
const chunkBytes = 1024 * 1024
const linesBetweenLooks = 64

/**
 * A thread of any length, a few turns at a time, without holding the conversation.
 *
 * Opening reads the file once and remembers where turns stand; a page then reads no more than it shows. What is appended
 * later is found by `update`, which reads from the last remembered place on. Threads in which turns were rolled back
 * or are told of out of order are held whole.
 */
export class ThreadPages {
  readonly #options: Pick<ReadThreadOptions, 'fileOf'>
  #head: ThreadHead
  #chunks: Chunk[] = []
  #whole: readonly StoredTurn[] | undefined
  #turnIds: readonly string[] = []

  /** Reads the file once, giving the event loop a turn every few milliseconds. @throws as {@link readThreadHead} */
  static async open(path: string, options: Omit<ReadThreadOptions, 'isLive'> = {}): Promise<ThreadPages> {
    const pages = new ThreadPages(readThreadHead(path), options.fileOf ? { fileOf: options.fileOf } : {})
    await pages.#map(options.signal)
    return pages
  }

  private constructor(head: ThreadHead, options: Pick<ReadThreadOptions, 'fileOf'>) {
    this.#head = head
    this.#options = options
  }

  get head(): ThreadHead {
    return this.#head
  }

  /** The ids of all turns, oldest first, as of the last update. */
  get turnIds(): readonly string[] {
    return this.#turnIds
  }

  /** Looks at the file again. @returns whether it was another */
  async update(signal?: AbortSignal): Promise<boolean> {
    const head = readThreadHead(this.#head.path)
    if (head.modifiedNs === this.#head.modifiedNs && head.sizeBytes === this.#head.sizeBytes) return false
    const hasGrown = head.sizeBytes > this.#head.sizeBytes
    this.#head = head
    if (!hasGrown || this.#whole) this.#chunks = []
    this.#whole = undefined
    await this.#map(signal)
    return true
  }

  /** The turns from place `from` up to, not including, `to`, oldest first. Places count from 0. */
  async turns(
    from: number,
    to: number,
    { isLive = false, signal }: Pick<ReadThreadOptions, 'isLive' | 'signal'> = {},
  ): Promise<StoredTurn[]> {
    if (this.#whole) return this.#whole.slice(Math.max(0, from), Math.max(0, to))
    const slices = new TimeSlices(signal)
    const turns: StoredTurn[] = []
    for (const chunk of this.#chunks) {
      const last = chunk.firstTurn + chunk.turnIds.length
      if (chunk.firstTurn >= to || last <= from) continue
      const builder = await this.#build(chunk, slices)
      const isLast = chunk === this.#chunks.at(-1)
      const own = builder.turns(isLive && isLast)
      turns.push(...own.slice(Math.max(0, from - chunk.firstTurn), to - chunk.firstTurn))
    }
    return turns
  }

  async #build(chunk: Chunk, slices: TimeSlices): Promise<ThreadBuilder> {
    const builder = new ThreadBuilder(this.#head.historyMode, chunk.itemCount)
    let index = chunk.lineIndex
    for (const { line, isGarbage } of threadLines(chunk.part, { from: chunk.start, until: chunk.end })) {
      if (index % linesBetweenLooks === 0 && slices.isUp) await slices.breathe()
      if (line) builder.push(line, index)
      if (!isGarbage) index++
    }
    return builder
  }

  async #map(signal: AbortSignal | undefined): Promise<void> {
    const mapping = new Mapping(this.#head, this.#chunks)
    const isMapped = await mapping.run(partsOf(this.#head, this.#options.fileOf), new TimeSlices(signal))
    if (isMapped) {
      this.#chunks = mapping.chunks
      this.#turnIds = this.#chunks.flatMap((chunk) => chunk.turnIds)
      return
    }
    const options = signal ? { ...this.#options, signal } : this.#options
    this.#chunks = []
    this.#whole = (await readThread(this.#head.path, options)).turns
    this.#turnIds = this.#whole.map(({ id }) => id)
  }
}

/** Cuts a thread into chunks. */
class Mapping {
  readonly chunks: Chunk[]
  readonly #earlier = new Set<string>()
  #builder: ThreadBuilder
  #index: number

  /** @param known chunks from before the file grew: the last one is read again */
  constructor(
    readonly head: ThreadHead,
    known: readonly Chunk[],
  ) {
    const last = known.at(-1)
    this.chunks = known.slice(0, -1)
    for (const chunk of this.chunks) for (const id of chunk.turnIds) this.#earlier.add(id)
    this.#index = last?.lineIndex ?? 0
    this.#builder = new ThreadBuilder(head.historyMode, last?.itemCount ?? 0)
    this.#resumeAt = last
  }

  readonly #resumeAt: Chunk | undefined

  /** @returns false when the thread cannot be cut: a line tells of a turn of an earlier chunk */
  async run(parts: readonly ThreadPart[], slices: TimeSlices): Promise<boolean> {
    const resumeAt = this.#resumeAt
    const from = resumeAt ? parts.findIndex(({ path }) => path === resumeAt.part.path) : 0
    for (const [at, part] of parts.slice(Math.max(0, from)).entries()) {
      const start = at === 0 ? (resumeAt?.start ?? 0) : 0
      if (!(await this.#cut(part, start, slices))) return false
    }
    return true
  }

  async #cut(part: ThreadPart, from: number, slices: TimeSlices): Promise<boolean> {
    let chunk = this.#begin(part, from)
    for (const read of threadLines(part, { from })) {
      if (this.#index % linesBetweenLooks === 0 && slices.isUp) await slices.breathe()
      if (read.line && this.#isTangled(read)) return false
      if (read.line && read.start - chunk.start >= chunkBytes && this.#builder.isBoundary(read.line)) {
        this.#end(chunk, read.start)
        chunk = this.#begin(part, read.start)
      }
      if (read.line) this.#builder.push(read.line, this.#index)
      if (!read.isGarbage) this.#index++
      chunk.end = read.end
    }
    // The next part begins with lines of its own; a turn that this one left open does not go on there.
    this.#end(chunk, chunk.end)
    return true
  }

  #begin(part: ThreadPart, start: number): Chunk {
    const before = this.chunks.at(-1)
    const firstTurn = before ? before.firstTurn + before.turnIds.length : 0
    const chunk: Chunk = {
      part,
      start,
      end: start,
      lineIndex: this.#index,
      itemCount: this.#builder.itemCount,
      firstTurn,
      turnIds: [],
    }
    this.#builder = new ThreadBuilder(this.head.historyMode, chunk.itemCount)
    return chunk
  }

  #end(chunk: Chunk, end: number): void {
    chunk.end = end
    chunk.turnIds = this.#builder.turns(false).map(({ id }) => id)
    for (const id of chunk.turnIds) this.#earlier.add(id)
    this.chunks.push(chunk)
  }

  #isTangled({ line }: ThreadLine): boolean {
    const { turn_id: id, type } = line?.payload ?? {}
    return type === 'thread_rolled_back' || (typeof id === 'string' && this.#earlier.has(id))
  }
}
