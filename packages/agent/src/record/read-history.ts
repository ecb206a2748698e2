import { type FileOf, partsOf, type RolloutLine, readRolloutLines, readThreadHead } from '@gangway/home'
import type { ResponseItem } from '@gangway/protocol'

type Payload = { readonly [member: string]: unknown }

/** Reads a part of a thread's lines: those that `wants` names. */
export function* wantedLines(
  parts: ReturnType<typeof partsOf>,
  wants: (type: string, payloadType: string | undefined) => boolean,
): Generator<RolloutLine, void, void> {
  for (const { path, untilOrdinal, untilByte } of parts) {
    for (const { line } of readRolloutLines(path, untilByte === null ? { wants } : { wants, until: untilByte })) {
      if (line === null) continue
      if (untilOrdinal !== null && line.ordinal !== undefined && line.ordinal >= untilOrdinal) break
      yield line
    }
  }
}

/**
 * What the model would see of a thread now: its rollout from the start, and before it the part of another file that it goes on from. A
 * `compacted` line puts its own history in the place of what came before; turns that were taken back are taken away.
 *
 * @param fileOf finds that other file; without it, only the thread's own is read
 * @throws the file system's error when the file cannot be read
 */
export async function readHistory(path: string, fileOf?: FileOf): Promise<readonly ResponseItem[]> {
  let history: ResponseItem[] = []
  /** Where each turn that is still there begins in the history. */
  let turnStarts: number[] = []
  let lines = 0
  for (const { type, payload } of wantedLines(partsOf(readThreadHead(path), fileOf), isOfHistory)) {
    if (++lines % linesBetweenBreaths === 0) await new Promise(setImmediate)
    if (type === 'response_item') history.push(payload as unknown as ResponseItem)
    else if (type === 'compacted') {
      history = replacementOf(payload, history)
      turnStarts = []
    } else if (type === 'event_msg') {
      if (payload.type === 'task_started') turnStarts.push(history.length)
      else if (payload.type === 'thread_rolled_back') {
        const count = typeof payload.num_turns === 'number' ? payload.num_turns : 0
        const from = count > 0 ? turnStarts.splice(Math.max(0, turnStarts.length - count))[0] : undefined
        if (from !== undefined) history.length = from
      }
    }
  }
  return history.filter(isToldAgain)
}

function isOfHistory(type: string, payloadType: string | undefined): boolean {
  if (type === 'event_msg') return payloadType === 'task_started' || payloadType === 'thread_rolled_back'
  return type === 'response_item' || type === 'compacted'
}

/** Other work gets a turn now and then while a huge file is read. */
const linesBetweenBreaths = 2_000

function replacementOf(payload: Payload, before: readonly ResponseItem[]): ResponseItem[] {
  if (Array.isArray(payload.replacement_history)) return payload.replacement_history as ResponseItem[]
  const words = before.filter((item) => item.type === 'message' && item.role === 'user')
  const text = typeof payload.message === 'string' ? payload.message : ''
  return [...words, { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]
}

/** The reference's own first words are in some histories; ours go before every request. */
function isToldAgain(item: ResponseItem): boolean {
  return item.type !== 'other' && item.type !== 'compaction_trigger'
}
