import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Place } from '../../artifact.js'
import type { Fact, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, type JsonTable, pointerTo, readTable } from '../reading/json-table.js'

/** One server as stated in one file. */
export interface StatedServer {
  readonly name: string
  readonly value: unknown
  readonly file: string
  /** Parts of the JSON pointer to it. */
  readonly at: readonly string[]
  readonly fact: Fact
  /** From `.mcp.json`: the person is asked before it is used. */
  readonly shared: boolean
  /** The same name where it counts less. */
  readonly shadowed: readonly Fact[]
}

export interface StatedServers {
  readonly servers: readonly StatedServer[]
  /** What `~/.claude.json` says about this project besides its servers. */
  readonly project: JsonTable
  readonly problem?: ImportProblem
}

/**
 * Every server of a place, one per name, in byte order: of `.mcp.json`, then of `.claude.json`, then of its entry for this
 * project, later ones instead of earlier ones; for a repository also the person's own entry for it, for names not yet there.
 * Source: reference 0.169.0, import-artifacts 3.
 */
export function readStatedServers(place: Place, files: SourceFiles): StatedServers {
  const root = readingRoot(place)
  const own = place.kind === 'home' ? personFile(place) : join(place.root, '.claude.json')
  const shared = readServersFile(join(place.root, '.mcp.json'), place.root, files)
  const stated = readServersFile(own, root, files)
  const person =
    place.kind === 'home'
      ? { table: stated.table }
      : readServersFile(personFile(place), isHomeFolder(place) ? place.userHome : place.userConfigDir, files)
  const problem = shared.problem ?? stated.problem ?? ('problem' in person ? person.problem : undefined)
  if (problem !== undefined) return { servers: [], project: {}, problem }

  const project = projectOf(stated.table, place.root)
  const personProject = projectOf(person.table, place.root)
  const merged = new Map<string, StatedServer>()
  add(merged, serversIn(shared.table, [], join(place.root, '.mcp.json'), place, true), 'replace')
  add(merged, serversIn(stated.table, [], own, place, false), 'replace')
  add(merged, serversIn(project?.table, ['projects', project?.key ?? ''], own, place, false), 'replace')
  if (place.kind === 'repo') {
    const at = ['projects', personProject?.key ?? '']
    add(merged, serversIn(personProject?.table, at, personFile(place), place, false), 'keep')
  }
  const servers = [...merged.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  return { servers, project: { ...personProject?.table, ...project?.table } }
}

/** Names of the servers of a place; `[]` when a file cannot be read. */
export function mcpServerNames(place: Place, files: SourceFiles): readonly string[] {
  return readStatedServers(place, files).servers.map((server) => server.name)
}

/** How a server is called in permission rules. */
export function toolServerKey(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_')
}

/** `~/.claude.json`, which moves along with `CLAUDE_CONFIG_DIR`. */
function personFile(place: Place): string {
  return join(isHomeFolder(place) ? place.userHome : place.userConfigDir, '.claude.json')
}

function isHomeFolder(place: Place): boolean {
  return place.userConfigDir === join(place.userHome, '.claude')
}

function readServersFile(path: string, root: string, files: SourceFiles) {
  return readTable(path, root, files, 'MCP_SERVER_CONFIG', 'invalid MCP config: root must be an object')
}

function serversIn(
  table: JsonTable | undefined,
  at: readonly string[],
  file: string,
  place: Place,
  shared: boolean,
): readonly StatedServer[] {
  const servers = table?.mcpServers
  if (!isTable(servers)) return []
  return Object.entries(servers).map(([name, value]) => {
    const here = [...at, 'mcpServers', name]
    return { name, value, file, at: here, fact: factOf(place, file, pointerTo(...here)), shared, shadowed: [] }
  })
}

function add(merged: Map<string, StatedServer>, servers: readonly StatedServer[], sameName: 'replace' | 'keep'): void {
  for (const server of servers) {
    const there = merged.get(server.name)
    if (there === undefined) merged.set(server.name, server)
    else if (sameName === 'keep') merged.set(server.name, { ...there, shadowed: [...there.shadowed, server.fact] })
    else merged.set(server.name, { ...server, shadowed: [...there.shadowed, there.fact] })
  }
}

/** The entry of `projects` for `root`: its path as text, else the same folder under another spelling. */
function projectOf(table: JsonTable | undefined, root: string): { key: string; table: JsonTable } | undefined {
  const projects = table?.projects
  if (!isTable(projects)) return undefined
  const exact = projects[root]
  if (isTable(exact)) return { key: root, table: exact }
  const real = realPath(root)
  if (real === undefined) return undefined
  for (const [key, project] of Object.entries(projects)) {
    if (!isTable(project)) continue
    if (key === real) return { key, table: project }
    if (mayBeSame(key, root, real) && realPath(key) === real) return { key, table: project }
  }
  return undefined
}

/** Looking up every project of a long list would cost a call to the disk for each. */
function mayBeSame(key: string, root: string, real: string): boolean {
  const name = basename(key)
  return name === basename(root) || name === basename(real)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
