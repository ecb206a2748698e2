import type { ProfileEntry, ProfileRules } from '@gangway/agent'
import type { Config } from '@gangway/protocol'

/** A profile that is not there, or that says what cannot be kept. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError'
}

/** What the built-in profiles say. Source: reference 0.169.0. */
const builtIn: ReadonlyMap<string, readonly ProfileEntry[]> = new Map([
  [':read-only', [{ path: ':root', access: 'read' as const }]],
  [
    ':workspace',
    [
      { path: ':root', access: 'read' as const },
      ...[':workspace_roots', ':slash_tmp', ':tmpdir'].map((path) => ({ path, access: 'write' as const })),
    ],
  ],
  [':danger-full-access', [{ path: ':root', access: 'write' as const }]],
])

type Table = Readonly<Record<string, unknown>>

/**
 * The rules of a `[permissions.NAME]` of the configuration, with those that it extends; null for one that adds none of its own.
 *
 * @throws ProfileError for rules that would not be kept here: limits of what may be read, and patterns
 */
export function profileRules(id: string, config: Config): ProfileRules | null {
  const chain = chainOf(id, tableOf(config.permissions))
  const own = chain.filter(({ table }) => table.filesystem !== undefined || table.network !== undefined)
  if (own.length === 0) return null
  const base = chain.at(-1)?.parent ?? null
  const entries = [
    ...(base === null ? [] : (builtIn.get(base) ?? [])),
    ...[...own].reverse().flatMap(({ name, table }) => entriesOf(name, tableOf(table.filesystem))),
  ]
  if (base === null && !entries.some(({ path }) => path === ':root')) {
    throw new ProfileError(`permission profile \`${id}\` limits what may be read, which is not supported`)
  }
  const network = own.map(({ table }) => tableOf(table.network).enabled).find((value) => typeof value === 'boolean')
  return { entries, network: network === true || (network === undefined && base === ':danger-full-access') }
}

interface Link {
  readonly name: string
  readonly table: Table
  /** The built-in profile that this one extends; null for none, and for one of the configuration's own. */
  readonly parent: string | null
}

/** The profile, and those of the configuration's own that it extends. */
function chainOf(id: string, profiles: Table): readonly Link[] {
  const chain: Link[] = []
  for (let name: string | null = id; name !== null; ) {
    if (chain.some((link) => link.name === name))
      throw new ProfileError(`permission profile \`${name}\` extends itself`)
    const table: Table = tableOf(profiles[name])
    const parent: string | null = typeof table.extends === 'string' ? table.extends : null
    const isBuiltIn = parent !== null && builtIn.has(parent)
    chain.push({ name, table, parent: isBuiltIn ? parent : null })
    name = isBuiltIn ? null : parent
  }
  return chain
}

function entriesOf(profile: string, table: Table): readonly ProfileEntry[] {
  return Object.entries(table).flatMap(([path, value]) => {
    if (path === 'glob_scan_max_depth') return []
    if (typeof value !== 'object' || value === null) return [entryOf(profile, path, value)]
    return Object.entries(value).map(([below, access]) =>
      entryOf(profile, below === '.' ? path : `${path.replace(/\/$/, '')}/${below}`, access),
    )
  })
}

function entryOf(profile: string, path: string, access: unknown): ProfileEntry {
  if (/[*?[\]{}]/.test(path)) {
    throw new ProfileError(`permission profile \`${profile}\` has the pattern \`${path}\`, which is not supported`)
  }
  if (access === 'write' || access === 'read') return { path, access }
  if (access === 'none' || access === 'deny') return { path, access: 'none' }
  throw new ProfileError(`permission profile \`${profile}\` says ${JSON.stringify(access)} of \`${path}\``)
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null ? (value as Table) : {}
}
