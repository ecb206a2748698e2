import type { ImportWarning, MigrationItem } from './wire.js'
import type { ForeignSession } from './wizard/session-choice.js'

/** Conversations on one page of detect: a page is answered in some tens of milliseconds. */
export const sessionsOnPage = 500

/** What detect gave for one page. */
export interface DetectedPage {
  readonly items: readonly MigrationItem[]
  readonly warnings: readonly ImportWarning[]
  readonly nextCursor: string | null
}

/** What detect gave on all pages. */
export interface JoinedPages {
  readonly items: readonly MigrationItem[]
  readonly warnings: readonly ImportWarning[]
  /** Conversations that came over already. */
  readonly arrived: readonly ForeignSession[]
}

/**
 * All items of all pages, with the conversations of all pages in one of them: those that are new or have grown. Those that
 * came over and were rewritten since are told as one warning.
 */
export async function joinPages(page: (cursor: string | null) => Promise<DetectedPage>): Promise<JoinedPages> {
  const pages: DetectedPage[] = []
  for (let cursor: string | null = null; ; ) {
    const next: DetectedPage = await page(cursor)
    pages.push(next)
    cursor = next.nextCursor
    if (cursor === null) break
  }
  const all = pages.flatMap(({ items }) => items)
  const ofSessions = all.filter(isOfSessions)
  const [first] = ofSessions
  const items = all.filter((item) => !isOfSessions(item))
  const warnings = pages[0]!.warnings
  if (!first) return { items, warnings, arrived: [] }
  const sessions = ofSessions.flatMap(({ details }) => details?.sessions ?? [])
  const coming = sessions.filter((one) => !hasArrived(one))
  const rewritten = sessions.filter(({ state }) => state === 'rewritten')
  const joined = { ...first, details: { ...first.details, sessions: coming } }
  return {
    items: coming.length === 0 ? items : [...items, joined],
    warnings: rewritten.length === 0 ? warnings : [...warnings, rewrittenWarning(rewritten)],
    arrived: sessions.filter(hasArrived),
  }
}

function hasArrived({ state }: ForeignSession): boolean {
  return state === 'imported' || state === 'rewritten'
}

function isOfSessions({ itemType }: MigrationItem): boolean {
  return itemType === 'SESSIONS'
}

function rewrittenWarning(rewritten: readonly { readonly path: string }[]): ImportWarning {
  const [first] = rewritten
  const more = rewritten.length > 1 ? ` and ${rewritten.length - 1} more` : ''
  const message = `${first!.path}${more}: rewritten since it came over; its thread stays as it is`
  return { path: first!.path, message, line: null, column: null }
}
