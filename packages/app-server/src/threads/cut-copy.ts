import type { RolloutLine, ThreadHead, ThreadRecord } from '@gangway/home'
import type { ThreadStore } from './thread-store.js'

/** Which turns a copy keeps. Null: all. */
export type Cut = { readonly before: string } | { readonly after: string } | null

/** A file, or its beginning, that belongs to a thread. */
interface Part {
  readonly path: string
  readonly untilOrdinal: number
  readonly untilByte: number
}

const maxParts = 1_000

/**
 * Writes a rollout that holds the beginning of a thread, whole in itself, whatever files the thread stands in.
 *
 * @param meta members of `session_meta` that are another's in the copy
 * @returns whether the turn of `cut` was found; nothing is written where it was not
 */
export async function writeCutCopy(
  store: ThreadStore,
  source: ThreadRecord,
  { path, meta, cut }: { path: string; meta: Readonly<Record<string, unknown>>; cut: Cut },
): Promise<boolean> {
  const { readRolloutLines, RolloutWriter } = store.home
  const writer = RolloutWriter.create(path)
  const turns = new TurnCut(cut)
  try {
    let count = 0
    for (const part of partsOf([...(await store.index.heads())], source)) {
      for (const { line, end } of readRolloutLines(part.path)) {
        if (++count % 256 === 0) await new Promise(setImmediate)
        if (end > part.untilByte || (line?.ordinal ?? -1) >= part.untilOrdinal) break
        if (line === null) continue
        if (line.type === 'session_meta') {
          if (writer.sizeBytes === 0) writer.writeLine(withMeta(line, meta))
          continue
        }
        if (turns.isBehind(line)) break
        writer.writeLine(line)
      }
    }
    if (!turns.isFound) return false
    writer.commit()
    return true
  } finally {
    writer.abort()
  }
}

function withMeta(line: RolloutLine, meta: Readonly<Record<string, unknown>>): RolloutLine {
  const { history_base: _base, ...payload } = line.payload
  return { ...line, payload: { ...payload, ...meta } }
}

/** Oldest first, the thread's own file last. */
function partsOf(heads: readonly ThreadHead[], source: ThreadHead): Part[] {
  const files = new Map(heads.map((head) => [head.revisionId ?? head.id, head]))
  const all = Number.POSITIVE_INFINITY
  const parts: Part[] = [{ path: source.path, untilOrdinal: all, untilByte: all }]
  for (let base = source.historyBase; base && parts.length < maxParts; ) {
    const head = files.get(base.fileId)
    if (!head) break
    parts.unshift({
      path: head.path,
      untilOrdinal: base.endOrdinalExclusive ?? all,
      untilByte: base.endByteOffset ?? all,
    })
    base = head.historyBase
  }
  return parts
}

/** Finds the line where a copy ends. */
class TurnCut {
  isFound: boolean
  #isInLast = false

  constructor(readonly cut: Cut) {
    this.isFound = cut === null
  }

  /** Whether `line`, and all behind it, does not belong to the copy. */
  isBehind({ type, payload }: RolloutLine): boolean {
    if (this.cut === null || type !== 'event_msg') return false
    const { type: event, turn_id: turnId } = payload
    if (event !== 'task_started' && event !== 'turn_started') return false
    if ('before' in this.cut) {
      this.isFound ||= turnId === this.cut.before
      return this.isFound
    }
    if (this.#isInLast) return true
    this.isFound ||= turnId === this.cut.after
    this.#isInLast = this.isFound
    return false
  }
}
