import type { ThreadHead } from './thread-head.js'
import type { PlacedItem, StoredTurn } from './thread-item.js'

/** A thread as its file tells it. */
export interface StoredThread {
  readonly head: ThreadHead
  /** Oldest first, all with their items. */
  readonly turns: readonly StoredTurn[]
  /** Every item of every turn, oldest first, with times where the file has them. */
  readonly items: readonly PlacedItem[]
  /** Lines that could not be understood, counted. */
  readonly garbageLines: number
}

export interface ReadThreadOptions {
  /** Ends the work. */
  readonly signal?: AbortSignal
}

/**
 * The whole conversation of the rollout at `path`, in either form or both at once; each item is shown once.
 * Gives the event loop a turn every few milliseconds.
 *
 * @throws as {@link readThreadHead}
 */
export async function readThread(_path: string, _options: ReadThreadOptions = {}): Promise<StoredThread> {
  throw new Error('readThread is not built yet')
}
