import { resolve } from 'node:path'
import { UsageError } from '../exit-codes.js'
import { suggestion } from '../terminal/nearest.js'
import { exportFormats, sortWords, sourceWords, threadActions } from './threads-words.js'

/** What a person asked `gangway threads` for, as the command line gives it. */
export interface RawThreadsOptions {
  readonly json?: boolean
  readonly limit?: string
  readonly cursor?: string
  readonly all?: boolean
  readonly cwd?: readonly string[]
  readonly source?: string
  readonly provider?: string
  readonly archived?: boolean
  readonly since?: string
  readonly sort?: string
  readonly turns?: string
  readonly format?: string
  readonly output?: string
  readonly yes?: boolean
  readonly remote?: string
  readonly remoteAuthTokenEnv?: string
  readonly codexHome?: string
}

/** Which threads are meant, and how many of them. */
export interface ThreadFilter {
  /** At most so many. */
  readonly limit: number
  readonly cursor: string | undefined
  /** Absolute paths; empty: everywhere. */
  readonly cwds: readonly string[]
  /** Empty: those in which a person talks. */
  readonly sources: readonly SourceKind[]
  /** Empty: all. */
  readonly providers: readonly string[]
  readonly archived: boolean
  /** Seconds since 1970. */
  readonly since: number | undefined
  readonly sort: SortKey
}

/** A kind of program that begins threads. */
type SourceKind = (typeof sourceWords)[number]
/** What a list goes by, as the protocol spells it. */
type SortKey = 'updated_at' | 'created_at'
/** A form that a thread is written out in. */
type ExportFormat = (typeof exportFormats)[number]

/** One thing that is asked of threads, checked. */
export type ThreadsRequest =
  | { readonly action: 'list'; readonly filter: ThreadFilter }
  | { readonly action: 'search'; readonly filter: ThreadFilter; readonly text: string }
  | { readonly action: 'show'; readonly thread: string; readonly turns: number }
  | { readonly action: 'rename'; readonly thread: string; readonly name: string }
  | { readonly action: 'archive' | 'unarchive' | 'delete'; readonly threads: readonly string[] }
  | {
      readonly action: 'export'
      readonly thread: string
      readonly format: ExportFormat
      /** Absolute path; undefined: standard output. */
      readonly output: string | undefined
    }

/**
 * Checks what commander cannot.
 *
 * @param words what follows the action
 * @throws UsageError naming the word or option, and its value
 */
export function readThreadsRequest(
  action: string,
  words: readonly string[],
  raw: RawThreadsOptions,
  place: { readonly cwd: string; readonly nowMs: number },
): ThreadsRequest {
  const [thread, ...rest] = words
  const one = (): string => {
    if (thread === undefined) throw new UsageError(`threads ${action}: which thread? See: gangway threads list`)
    if (rest.length > 0) throw new UsageError(`threads ${action}: unexpected argument ${rest[0]}`)
    return thread
  }
  switch (action) {
    case 'list':
      if (thread !== undefined) {
        throw new UsageError(`threads list: unexpected argument ${thread}; to look for words: gangway threads search`)
      }
      return { action, filter: filterOf(raw, place) }
    case 'search': {
      const text = words.join(' ').trim()
      if (text === '') throw new UsageError('threads search: which words?')
      return { action, text, filter: filterOf(raw, place) }
    }
    case 'show':
      return { action, thread: one(), turns: raw.turns === undefined ? 3 : countOf('--turns', raw.turns) }
    case 'rename': {
      const name = rest.join(' ').trim()
      if (thread === undefined || name === '') throw new UsageError('threads rename: needs a thread and its new name')
      return { action, thread, name }
    }
    case 'archive':
    case 'unarchive':
    case 'delete':
      if (thread === undefined) throw new UsageError(`threads ${action}: which thread? See: gangway threads list`)
      return { action, threads: words }
    case 'export':
      return { action, thread: one(), ...exportOf(raw, place.cwd) }
    default:
      throw new UsageError(
        `threads: unknown action ${action}; known: ${threadActions.join(', ')}${suggestion(action, threadActions)}`,
      )
  }
}

function exportOf({ format, output, json }: RawThreadsOptions, cwd: string) {
  const fromName = output?.toLowerCase().endsWith('.json') === true || json === true ? 'json' : 'markdown'
  const known = exportFormats.find((one) => one === (format ?? fromName))
  if (known === undefined) throw unknownWord('--format', format ?? '', exportFormats)
  if (output === '') throw new UsageError('--output: the path is empty')
  return { format: known, output: output === undefined || output === '-' ? undefined : resolve(cwd, output) }
}

function filterOf(raw: RawThreadsOptions, place: { readonly cwd: string; readonly nowMs: number }): ThreadFilter {
  if (raw.all === true && raw.limit !== undefined) throw new UsageError('--all and --limit exclude each other')
  const sort = raw.sort ?? 'updated'
  if (!sortWords.some((one) => one === sort)) throw unknownWord('--sort', sort, sortWords)
  return {
    limit: raw.all === true ? Number.POSITIVE_INFINITY : raw.limit === undefined ? 25 : countOf('--limit', raw.limit),
    cursor: raw.cursor,
    cwds: (raw.cwd ?? []).map((cwd) => resolve(place.cwd, cwd)),
    sources: raw.source === undefined ? [] : sourcesOf(raw.source),
    providers: raw.provider === undefined ? [] : listOf(raw.provider),
    archived: raw.archived === true,
    since: raw.since === undefined ? undefined : sinceOf(raw.since, place.nowMs),
    sort: sort === 'created' ? 'created_at' : 'updated_at',
  }
}

function sourcesOf(list: string): readonly SourceKind[] {
  const words = listOf(list)
  if (words.includes('all')) return sourceWords
  return words.map((word) => {
    const known = sourceWords.find((one) => one.toLowerCase() === word.toLowerCase())
    if (known === undefined) throw unknownWord('--source', word, ['all', ...sourceWords])
    return known
  })
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function countOf(option: string, text: string): number {
  const count = Number(text)
  if (/^\d{1,9}$/.test(text) && count > 0) return count
  throw new UsageError(`${option} ${text}: not a whole number of at least 1`)
}

/** Seconds since 1970 for `2026-01-31`, or for so many days or hours ago. */
function sinceOf(text: string, nowMs: number): number {
  const [, count, unit] = /^(\d{1,6})([dh]?)$/.exec(text) ?? []
  if (count !== undefined) return Math.floor(nowMs / 1000) - Number(count) * (unit === 'h' ? 3_600 : 86_400)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : Number.NaN
  if (Number.isNaN(day)) {
    throw new UsageError(`--since ${text}: neither a day such as 2026-01-31 nor a number of days (7) or hours (12h)`)
  }
  return Math.floor(day / 1000)
}

function unknownWord(option: string, word: string, known: readonly string[]): UsageError {
  return new UsageError(`${option} ${word}: unknown; known: ${known.join(', ')}${suggestion(word, known)}`)
}
