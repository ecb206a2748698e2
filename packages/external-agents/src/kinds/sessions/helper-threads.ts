import { threadIdFor } from './thread-id.js'

/** The threads of a session's helper agents, known before the session is read. Plain data. */
export interface HelperThreads {
  /** Of helpers with logs of their own, by the path of the log. */
  readonly known: ReadonlyMap<string, string>
  /** The session whose log may hold the work of further helpers; null when it is none's. */
  readonly session: { readonly path: string; readonly startedAtMs: number } | null
}

/** No helper has a thread. */
export const noHelperThreads: HelperThreads = { known: new Map(), session: null }

/** The thread that a helper agent's work has become, or becomes when it stands in the session's own log (`isInline`). */
export function threadOfHelper(
  path: string,
  { known, session }: HelperThreads,
  sourceId: string,
): { readonly threadId: string | null; readonly isInline: boolean } {
  const threadId = known.get(path)
  const isInline = threadId === undefined && session !== null && path.startsWith(`${session.path}#`)
  if (!isInline) return { threadId: threadId ?? null, isInline }
  return { threadId: threadIdFor(session.startedAtMs, sourceId, path), isInline }
}
