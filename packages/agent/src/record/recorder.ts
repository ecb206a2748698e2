import { RolloutAppender, RolloutWriter } from '@gangway/home'
import type { ResponseItem, ThreadItem, Turn } from '@gangway/protocol'
import { itemLines } from './item-lines.js'

type Payload = { readonly [member: string]: unknown }
interface Line {
  readonly timestamp: string
  readonly type: string
  readonly payload: Payload
}

/** Where a thread is written. */
export interface RecorderOptions {
  /** Null: never on disk. */
  readonly path: string | null
  readonly historyMode: 'legacy' | 'paginated'
  /** The file is there already, and is gone on with. */
  readonly isThere: boolean
}

/**
 * Writes what happens in a thread to its rollout. Nothing is on disk before {@link begin}; what was noted until then is
 * written with it. Every later note is one append, done when the call returns. What could not be written, on a full disk, is
 * written before the next note.
 */
export class Recorder {
  #appender: RolloutAppender | undefined
  #waiting: Line[] | undefined
  #batch: Line[] | undefined
  /** Noted, and not in the file: the last append failed. */
  #owed: Line[] = []
  #isThere: boolean

  constructor(readonly options: RecorderOptions) {
    this.#isThere = options.isThere && options.path !== null
    if (options.isThere && options.path !== null) this.#appender = RolloutAppender.open(options.path)
    else if (options.path !== null) this.#waiting = []
  }

  /** The file, once it is there. */
  get path(): string | null {
    return this.#isThere ? this.options.path : null
  }

  /** Makes the file. Does nothing when it is there, or never will be. @throws the file system's error */
  begin(): void {
    const { path } = this.options
    if (this.#appender !== undefined || path === null || this.#waiting === undefined) return
    try {
      this.#create(path, this.#waiting)
    } catch (error) {
      throw unwritten(path, error)
    }
    this.#waiting = undefined
    this.#appender = RolloutAppender.open(path)
    this.#isThere = true
  }

  /** An event for the eye. */
  event(payload: Payload): void {
    this.line('event_msg', payload)
  }

  /** Items for the model. */
  responses(items: readonly ResponseItem[]): void {
    this.together(() => {
      for (const item of items) this.line('response_item', item)
    })
  }

  /** A finished item, in the form of the file. */
  item(item: ThreadItem, turnId: string, threadId: string): void {
    const lines = itemLines(item, turnId)
    const isLegacy = this.options.historyMode === 'legacy'
    this.together(() => {
      if (isLegacy) for (const event of lines.events) this.event(event)
      if (isLegacy && lines.isTold) return
      const times = { started_at_ms: item.startedAtMs ?? Date.now(), completed_at_ms: item.completedAtMs ?? Date.now() }
      this.event({ type: 'item_completed', thread_id: threadId, turn_id: turnId, item: lines.item, ...times })
    })
  }

  /** A turn that another thread had: its beginning, its items, its end. */
  turn(turn: Turn, threadId: string): void {
    const times = { started_at: turn.startedAt ?? null, completed_at: turn.completedAt ?? null }
    const ids = { turn_id: turn.id, root_turn_id: turn.rootTurnId ?? turn.id }
    this.together(() => {
      this.event({ type: 'task_started', ...ids, started_at: times.started_at, model_context_window: null })
      for (const item of turn.items) this.item(item, turn.id, threadId)
      const end = { ...ids, ...times, duration_ms: turn.durationMs ?? null }
      if (turn.status === 'completed') this.event({ type: 'task_complete', ...end, last_agent_message: null })
      else this.event({ type: 'turn_aborted', ...end, reason: 'interrupted' })
    })
  }

  /** @throws the file system's error; the line is not forgotten then */
  line(type: string, payload: Payload): void {
    if (this.options.path === null) return
    const line = { timestamp: new Date().toISOString(), type, payload }
    if (this.#batch) this.#batch.push(line)
    else if (this.#appender) this.#append([line])
    else this.#waiting?.push(line)
  }

  /** Writes all that `work` notes with one append. */
  together(work: () => void): void {
    if (this.#batch || !this.#appender) {
      work()
      return
    }
    const batch: Line[] = []
    this.#batch = batch
    try {
      work()
    } finally {
      this.#batch = undefined
      this.#append(batch)
    }
  }

  /** Tries once more to write what could not be written. Idempotent. @throws the file system's error; it is closed all the same */
  close(): void {
    try {
      if (this.#owed.length > 0) this.#append([])
    } finally {
      this.#appender?.close()
      this.#appender = undefined
      this.#waiting = undefined
    }
  }

  #append(lines: readonly Line[]): void {
    this.#owed.push(...lines)
    try {
      this.#appender?.append(this.#owed)
    } catch (error) {
      throw unwritten(this.options.path, error)
    }
    this.#owed = []
  }

  #create(path: string, lines: readonly Line[]): void {
    const writer = RolloutWriter.create(path)
    try {
      for (const line of lines) writer.writeLine(line)
      writer.commit()
    } finally {
      writer.abort()
    }
  }
}

function unwritten(path: string | null, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error)
  return new Error(`${path} could not be written: ${why}`, { cause: error })
}
