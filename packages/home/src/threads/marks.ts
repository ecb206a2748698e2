import { statSync } from 'node:fs'
import { join } from 'node:path'
import { appendLineOfJson, readJsonLines } from '../files/json-lines.js'
import { withLock } from '../files/lock.js'
import { writeFileAtomic } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { isObject } from './rollout/parse-line.js'

/** Where what was not read yet begins. */
export type UnreadPosition = { readonly type: 'threadStart' } | { readonly type: 'turn'; readonly turnId: string }

/** What is kept about a thread beside its file. What was never noted is absent. */
export interface ThreadMark {
  /** How far a person has read; `revision` is another one after every change. */
  readonly readState?: { readonly firstUnread: UnreadPosition | null; readonly revision: string }
  /** What stands for the members of the file's own; null: taken away. */
  readonly gitInfo?: {
    readonly sha?: string | null
    readonly branch?: string | null
    readonly originUrl?: string | null
  }
  /** A choice of a client that is kept for it. */
  readonly daybreakEnabled?: boolean
  /** What the thread works towards, in the wire's words. */
  readonly goal?: { readonly [member: string]: unknown }
  /** What clients hung on to it, in the wire's words. */
  readonly attachments?: readonly { readonly [member: string]: unknown }[]
}

/** Lines that may stand for nothing before the file is written anew. */
const maxStaleLines = 1_000

/**
 * The marks of all threads of a home, in `gangway/thread-marks.jsonl`: one line for each change, the last one of a
 * thread wins. Another process's changes are seen with the next call.
 */
export class ThreadMarks {
  readonly #path: string
  readonly #lock: string
  #marks = new Map<string, ThreadMark>()
  #lines = 0
  #seen = ''

  /** Touches no disk. */
  constructor(layout: HomeLayout) {
    this.#path = join(layout.gangwayDir, 'thread-marks.jsonl')
    this.#lock = join(layout.locksDir, 'thread-marks.lock')
  }

  /** Reads the disk when the file has another time or size. */
  get(threadId: string): ThreadMark {
    this.#look()
    return this.#marks.get(threadId) ?? {}
  }

  /**
   * Changes one mark, durably, against other processes. Writes to disk.
   *
   * @param change gets the mark as it is on disk now; what it throws is thrown, and nothing is written
   */
  async update(threadId: string, change: (mark: ThreadMark) => ThreadMark): Promise<ThreadMark> {
    return withLock(this.#lock, () => {
      const mark = change(this.get(threadId))
      this.#append([{ id: threadId, mark }])
      return mark
    })
  }

  /** Forgets threads. Writes to disk only when something was noted of them. */
  async remove(threadIds: readonly string[]): Promise<void> {
    this.#look()
    if (!threadIds.some((id) => this.#marks.has(id))) return
    await withLock(this.#lock, () => this.#append(threadIds.map((id) => ({ id, mark: null }))))
  }

  #append(lines: readonly { readonly id: string; readonly mark: ThreadMark | null }[]): void {
    for (const line of lines) appendLineOfJson(this.#path, line)
    this.#look()
    if (this.#lines - this.#marks.size > maxStaleLines) this.#writeAnew()
  }

  #writeAnew(): void {
    const lines = Array.from(this.#marks, ([id, mark]) => `${JSON.stringify({ id, mark })}\n`)
    writeFileAtomic(this.#path, lines.join(''), { mode: 0o600, durable: true })
  }

  #look(): void {
    const stats = statSync(this.#path, { bigint: true, throwIfNoEntry: false })
    const seen = stats ? `${stats.mtimeNs} ${stats.size} ${stats.ino}` : ''
    if (seen === this.#seen) return
    this.#marks = new Map()
    this.#lines = 0
    for (const line of readJsonLines(this.#path)) this.#take(line)
    this.#seen = seen
  }

  #take(line: unknown): void {
    if (!isObject(line) || typeof line.id !== 'string') return
    this.#lines++
    if (isObject(line.mark)) this.#marks.set(line.id, markOf(line.mark))
    else this.#marks.delete(line.id)
  }
}

function markOf({
  readState,
  gitInfo,
  daybreakEnabled,
  goal,
  attachments,
}: {
  readonly [member: string]: unknown
}): ThreadMark {
  return {
    ...(isObject(readState) && typeof readState.revision === 'string'
      ? { readState: { firstUnread: unreadPosition(readState.firstUnread), revision: readState.revision } }
      : {}),
    ...(isObject(gitInfo) ? { gitInfo: texts(gitInfo) } : {}),
    ...(typeof daybreakEnabled === 'boolean' ? { daybreakEnabled } : {}),
    ...(isObject(goal) ? { goal } : {}),
    ...(Array.isArray(attachments) ? { attachments: attachments.filter(isObject) } : {}),
  }
}

function unreadPosition(value: unknown): UnreadPosition | null {
  if (!isObject(value)) return null
  if (value.type === 'turn' && typeof value.turnId === 'string') return { type: 'turn', turnId: value.turnId }
  return value.type === 'threadStart' ? { type: 'threadStart' } : null
}

function texts(table: { readonly [member: string]: unknown }): NonNullable<ThreadMark['gitInfo']> {
  const kept = ['sha', 'branch', 'originUrl'].filter((name) => typeof table[name] === 'string' || table[name] === null)
  return Object.fromEntries(kept.map((name) => [name, table[name]]))
}
