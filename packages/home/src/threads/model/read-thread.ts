import { TimeSlices } from '../time-slices.js'
import { readThreadHead } from './read-head.js'
import { ThreadBuilder } from './thread-builder.js'
import type { ThreadHead } from './thread-head.js'
import type { PlacedItem, StoredTurn } from './thread-item.js'
import { type FileOf, partsOf, threadLines } from './thread-lines.js'

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
  readonly fileOf?: FileOf
  /** Ends the work. */
  readonly signal?: AbortSignal
}

const linesBetweenLooks = 64

/**
 * The whole conversation of the rollout at `path`, in either form or both at once; each item is shown once.
 * Gives the event loop a turn every few milliseconds. For a few turns of a huge thread see `ThreadPages`.
 *
 * @throws as {@link readThreadHead}
 */
export async function readThread(path: string, options: ReadThreadOptions = {}): Promise<StoredThread> {
  options.signal?.throwIfAborted()
  const head = readThreadHead(path)
  const builder = new ThreadBuilder(head.historyMode)
  const slices = new TimeSlices(options.signal)
  let index = 0
  let garbageLines = 0
  for (const part of partsOf(head, options.fileOf)) {
    for (const { line, isGarbage } of threadLines(part)) {
      if (index % linesBetweenLooks === 0 && slices.isUp) await slices.breathe()
      if (isGarbage) garbageLines++
      else if (line) builder.push(line, index++)
      else index++
    }
  }
  const turns = builder.turns(options.isLive ?? false)
  const items = turns.flatMap((turn) => turn.items.map((item) => ({ turnId: turn.id, item })))
  return { head, turns, items, garbageLines }
}
