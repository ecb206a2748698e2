import type { AppServerClient } from '@gangway/client'
import type { Thread } from '@gangway/protocol'
import { agoWords, shortPath } from '../screen/words.js'
import { safeText } from '../view/measure.js'
import type { Choice, ChoicePage } from './picker.js'

/** Threads in one page: a screen or two, so that the first is there at once however many there are. */
const pageSize = 50

/** Pages of threads for the resume picker, the last used first; with a query, what it is found in: names, first words, then all that was said. */
export function threadPages(client: AppServerClient, home: string | undefined, now: () => number) {
  return async (query: string, cursor: string | null): Promise<ChoicePage<string>> => {
    const words = query.trim()
    const choice = (thread: Thread, snippet?: string) => choiceOf(thread, snippet, home, now())
    if (words === '') {
      const page = await client.request('thread/list', { limit: pageSize, sortKey: 'updated_at', cursor })
      return { choices: page.data.map((thread) => choice(thread)), next: page.nextCursor ?? null }
    }
    const [named, said] = await Promise.all([
      cursor === null ? client.request('thread/list', { limit: pageSize, searchTerm: words }) : undefined,
      client.request('thread/search', { limit: pageSize, searchTerm: words, cursor }).catch(() => undefined),
    ])
    const byName = (named?.data ?? []).map((thread) => choice(thread))
    const known = new Set(byName.map(({ value }) => value))
    const bySaid = (said?.data ?? [])
      .filter(({ thread }) => !known.has(thread.id))
      .map(({ thread, snippet }) => choice(thread, snippet))
    return { choices: [...byName, ...bySaid], next: said?.nextCursor ?? null }
  }
}

function choiceOf(
  thread: Thread,
  snippet: string | undefined,
  home: string | undefined,
  nowMs: number,
): Choice<string> {
  const title = oneLine(thread.name ?? thread.preview) || '(no words yet)'
  const found = snippet === undefined ? '' : ` · …${oneLine(snippet)}…`
  return {
    value: thread.id,
    label: `${title.slice(0, 60)}${title.length > 60 ? '…' : ''}`,
    hint: `${agoWords(thread.updatedAt, nowMs)} · ${shortPath(thread.cwd, home)}${found}`,
  }
}

function oneLine(text: string): string {
  return safeText(text.slice(0, 500)).replaceAll(/\s+/g, ' ').trim()
}
