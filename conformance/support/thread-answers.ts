import type { Answer, Json, Peer } from './peer.js'

/** What a program answers when a list is paged through: every entry, in the order of its pages. */
export async function paged(peer: Peer, method: string, params: Json): Promise<readonly Json[]> {
  const entries: Json[] = []
  for (let cursor: unknown = null; ; ) {
    const { result, error } = await peer.request(method, { ...params, cursor })
    if (result === undefined) throw new Error(`${method} failed: ${error?.message}`)
    entries.push(...(result.data as Json[]))
    cursor = result.nextCursor
    if (cursor === null) return entries
  }
}

/** A thread without what the two programs know from different places. */
export function comparable(thread: Json): Json {
  // The reference's lists leave these out, its reads do not; its time of recency is that of the last turn's start.
  const { forkedFromId, parentThreadId, agentNickname, agentRole, recencyAt, ...rest } = thread
  return rest
}

/** An answer as the wire has it, refusals with code, message and data. */
export function outcome({ result, error }: Answer): unknown {
  return error === undefined ? { result } : { error }
}

/** Threads in one order, each once: the reference lists one that was taken back twice. */
export function once(threads: readonly Json[]): readonly Json[] {
  const byId = new Map(threads.toReversed().map((thread) => [thread.id as string, thread]))
  return [...byId.values()].sort((left, right) => ((left.id as string) < (right.id as string) ? -1 : 1))
}
