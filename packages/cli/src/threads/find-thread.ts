import type { AppServerClient } from '@gangway/client'
import type { Thread } from '@gangway/protocol'
import { sourceWords } from './threads-words.js'

/** A word that names no thread, or more than one. */
export class NoSuchThread extends Error {
  override readonly name = 'NoSuchThread'

  /** @param candidates those that it could mean; empty when there is none */
  constructor(
    readonly word: string,
    readonly candidates: readonly Thread[],
  ) {
    super(
      candidates.length === 0
        ? `no thread has an id or a name that begins with ${word}; see: gangway threads list`
        : `${word} means ${candidates.length} threads; say more of the id`,
    )
  }
}

/**
 * The thread that each word means: by its id, by the beginning of its id, by its name, or by the beginning of its name.
 * Archived threads and those of agents are found too. A whole id needs one request; anything else goes over all threads once.
 *
 * @throws NoSuchThread for a word that means none, or several
 */
export async function findThreads(
  client: AppServerClient,
  words: readonly string[],
  signal: AbortSignal,
): Promise<readonly Thread[]> {
  let all: Promise<readonly Thread[]> | undefined
  const threads: Thread[] = []
  for (const word of words) {
    const whole = isWholeId(word) ? await client.requestRaw('thread/read', { threadId: word }, { signal }) : undefined
    if (whole?.ok === true) {
      threads.push(whole.result.thread)
      continue
    }
    all ??= everyThread(client, signal)
    threads.push(thatOf(word, await all))
  }
  return threads
}

function thatOf(word: string, threads: readonly Thread[]): Thread {
  const wanted = word.toLowerCase()
  const nameOf = ({ name }: Thread) => (name ?? '').toLowerCase()
  const tries: readonly ((thread: Thread) => boolean)[] = [
    (thread) => thread.id.startsWith(wanted) || nameOf(thread) === wanted,
    (thread) => nameOf(thread).startsWith(wanted),
  ]
  for (const isMeant of tries) {
    const meant = threads.filter(isMeant)
    if (meant.length === 1) return meant[0]!
    if (meant.length > 1) throw new NoSuchThread(word, meant)
  }
  throw new NoSuchThread(word, [])
}

async function everyThread(client: AppServerClient, signal: AbortSignal): Promise<readonly Thread[]> {
  const threads: Thread[] = []
  for (const archived of [false, true]) {
    let cursor: string | null = null
    do {
      const params = {
        cursor,
        limit: 100,
        archived,
        sortKey: 'updated_at' as const,
        modelProviders: [],
        sourceKinds: [...sourceWords],
      }
      const page: { readonly data: readonly Thread[]; readonly nextCursor?: string | null | undefined } =
        await client.request('thread/list', params, { signal })
      threads.push(...page.data)
      cursor = page.nextCursor ?? null
    } while (cursor !== null)
  }
  return threads
}

function isWholeId(word: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)
}
