import { UsageError } from '../exit-codes.js'
import { suggestion } from '../terminal/nearest.js'
import { kindFromWord, kindNames } from './kind-names.js'
import type { MigrationItemType } from './wire.js'

/** What to do where the target is already there. */
export type ConflictPolicy = 'default' | 'skip' | 'merge' | 'rename' | 'overwrite'

/** What a person asked `gangway import` for, checked. */
export interface ImportOptions {
  /** The agents to bring over from, one after the other; each is sent as `migrationSource`. */
  readonly from: readonly string[]
  /** Whether the command line names them. */
  readonly isFromGiven: boolean
  readonly homeOnly: boolean
  /** Folders whose repositories are looked at, as written. Empty: the current one. */
  readonly cwds: readonly string[]
  /** Undefined: all kinds. */
  readonly kinds: ReadonlySet<MigrationItemType> | undefined
  readonly dryRun: boolean
  readonly json: boolean
  /** False: ask. True: do not ask. A text: do not ask, and only when the plan has this digest. */
  readonly yes: boolean | string
  readonly onConflict: ConflictPolicy
  readonly copySecrets: boolean
  readonly codexHome: string | undefined
  /** At most so many conversations, the newest. Undefined: all. */
  readonly maxSessions: number | undefined
  /** Only conversations of the last so many days. Undefined: all. */
  readonly maxSessionAgeDays: number | undefined
}

/** The options as the command line gives them. */
export interface RawImportOptions {
  /** Absent: the first of `knownSources`. */
  readonly from?: string | undefined
  readonly homeOnly?: boolean
  readonly cwd?: readonly string[]
  readonly kinds?: string
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly yes?: boolean | string
  /** Absent: `default`. */
  readonly onConflict?: string
  readonly copySecrets?: boolean
  readonly codexHome?: string
  readonly maxSessions?: string
  readonly since?: string
}

/** Agents that can be brought over from: the word for `--from`, and its name for people. */
export const knownSources = [
  { id: 'claude-code', name: 'Claude Code' },
  { id: 'cursor', name: 'Cursor' },
] as const

/** The word for `--from` that means every agent. */
export const allSources = 'all'

/** Policies that `--on-conflict` takes. */
export const conflictPolicies = ['skip', 'merge', 'rename', 'overwrite'] as const

/**
 * Checks what commander cannot.
 *
 * @throws UsageError naming the option and the value
 */
export function readImportOptions(raw: RawImportOptions, nowMs = Date.now()): ImportOptions {
  const from = readSources(raw)
  if (raw.homeOnly === true && raw.cwd !== undefined && raw.cwd.length > 0) {
    throw new UsageError(`--home-only and --cwd ${raw.cwd[0]} exclude each other`)
  }
  const onConflict = raw.onConflict ?? 'default'
  const policies: readonly string[] = ['default', ...conflictPolicies]
  if (!policies.includes(onConflict)) {
    const words = conflictPolicies.join(', ')
    throw new UsageError(
      `--on-conflict ${onConflict}: unknown policy; known: ${words}${suggestion(onConflict, conflictPolicies)}`,
    )
  }
  if (raw.codexHome === '') throw new UsageError('--codex-home: the path is empty')
  return {
    from,
    isFromGiven: raw.from !== undefined,
    homeOnly: raw.homeOnly ?? false,
    cwds: raw.cwd ?? [],
    kinds: raw.kinds === undefined ? undefined : readKinds(raw.kinds),
    dryRun: raw.dryRun ?? false,
    json: raw.json ?? false,
    yes: raw.yes ?? false,
    onConflict: onConflict as ConflictPolicy,
    copySecrets: raw.copySecrets ?? false,
    codexHome: raw.codexHome,
    maxSessions: raw.maxSessions === undefined ? undefined : readCount('--max-sessions', raw.maxSessions),
    maxSessionAgeDays: raw.since === undefined ? undefined : readSince(raw.since, nowMs),
  }
}

function readSources({ from: word = knownSources[0].id, yes }: RawImportOptions): readonly string[] {
  const ids = knownSources.map((source) => source.id)
  const known = [...ids, allSources]
  if (!known.some((id) => id === word)) {
    throw new UsageError(`--from ${word}: unknown agent; known: ${known.join(', ')}${suggestion(word, known)}`)
  }
  if (word !== allSources) return [word]
  if (typeof yes === 'string') {
    throw new UsageError(`--yes=${yes}: a digest is that of one agent's plan; name the agent with --from`)
  }
  return ids
}

function readCount(option: string, text: string): number {
  const count = Number(text)
  if (/^\d{1,9}$/.test(text)) return count
  throw new UsageError(`${option} ${text}: not a whole number`)
}

/** A day, `2026-01-31`, or a number of days. */
function readSince(text: string, nowMs: number): number {
  if (/^\d{1,5}d?$/.test(text)) return Number.parseInt(text, 10)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`).getTime() : Number.NaN
  if (Number.isNaN(day)) throw new UsageError(`--since ${text}: neither a day such as 2026-01-31 nor a number of days`)
  return Math.max(0, Math.ceil((nowMs - day) / 86_400_000))
}

function readKinds(list: string): ReadonlySet<MigrationItemType> {
  const words = list.split(',').map((word) => word.trim())
  const known = kindNames.map((kind) => kind.words[0])
  return new Set(
    words.map((word) => {
      const itemType = kindFromWord(word)
      if (itemType === undefined) {
        throw new UsageError(`--kinds ${word}: unknown kind; known: ${known.join(', ')}${suggestion(word, known)}`)
      }
      return itemType
    }),
  )
}
