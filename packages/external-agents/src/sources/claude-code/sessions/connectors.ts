import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { asRecord, asText } from '../../reading/sessions/record.js'

/** A server that sessions worked with and that Claude Desktop knows by name. Wire shape of `connectors`. */
export interface SessionConnector {
  readonly name: string
  readonly sessionCount: number
  readonly source: 'remoteMcpServersConfig'
}

/** How deep Claude Desktop's folders are looked into, and how large a manifest may be. */
const MOST_DEPTH = 6
const MOST_BYTES = 4 * 1024 * 1024

type Servers = readonly { readonly name: string; readonly uuid: string | undefined }[]

/**
 * What Claude Desktop notes of Claude Code's sessions: which servers were connected in each. Read when first asked for.
 *
 * Source: reference 0.169.0, import-sessions 9
 */
export class DesktopManifests {
  #bySession: Map<string, Servers> | undefined

  /** @param roots Claude Desktop's folders, see {@link desktopFolders} */
  constructor(readonly roots: readonly string[]) {}

  /**
   * Names of the servers that a session worked with. `attributed` are the records' own words for them: uuids or names.
   * Servers that no manifest knows are left out.
   */
  namesFor(sessionId: string, attributed: readonly string[]): readonly string[] {
    if (attributed.length === 0) return []
    this.#bySession ??= this.#read()
    const wanted = new Set(attributed.map((server) => server.toLowerCase()))
    const names = new Map<string, string>()
    for (const { name, uuid } of this.#bySession.get(sessionId) ?? []) {
      const key = name.toLowerCase()
      const isUsed = (uuid !== undefined && attributed.includes(uuid)) || wanted.has(key)
      if (isUsed && !names.has(key)) names.set(key, name)
    }
    return [...names.values()]
  }

  #read(): Map<string, Servers> {
    const bySession = new Map<string, Servers>()
    const enter = (folder: string, depth: number): void => {
      for (const entry of attempt(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
        const path = join(folder, entry.name)
        if (entry.isDirectory() && depth < MOST_DEPTH) enter(path, depth + 1)
        else if (entry.isFile() && entry.name.endsWith('.json')) readManifest(path, bySession)
      }
    }
    for (const root of this.roots) enter(join(root, 'claude-code-sessions'), 0)
    return bySession
  }
}

/** Where Claude Desktop keeps its things on each system. */
export function desktopFolders(
  userHome: string,
  platform: NodeJS.Platform,
  env: { readonly [name: string]: string | undefined },
): readonly string[] {
  switch (platform) {
    case 'darwin':
      return [join(userHome, 'Library', 'Application Support', 'Claude')]
    case 'win32':
      return [
        join(env.APPDATA || join(userHome, 'AppData', 'Roaming'), 'Claude'),
        join(env.LOCALAPPDATA || join(userHome, 'AppData', 'Local'), 'Claude'),
      ]
    default:
      return [join(env.XDG_CONFIG_HOME || join(userHome, '.config'), 'Claude')]
  }
}

/** How many of the sessions worked with each connector: names differing in case only are one, in the order of the alphabet. */
export function countConnectors(sessions: Iterable<{ readonly connectors: readonly string[] }>): SessionConnector[] {
  const counts = new Map<string, { name: string; sessionCount: number }>()
  for (const { connectors } of sessions) {
    for (const key of new Set(connectors.map((name) => name.toLowerCase()))) {
      const name = connectors.find((candidate) => candidate.toLowerCase() === key)!
      const known = counts.get(key)
      if (known) known.sessionCount += 1
      else counts.set(key, { name, sessionCount: 1 })
    }
  }
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([, { name, sessionCount }]) => ({ name, sessionCount, source: 'remoteMcpServersConfig' }))
}

function readManifest(path: string, bySession: Map<string, Servers>): void {
  const manifest = attempt(() =>
    statSync(path).size > MOST_BYTES ? undefined : asRecord(JSON.parse(readFileSync(path, 'utf8'))),
  )
  const sessionId = asText(manifest?.cliSessionId)
  const servers = manifest?.remoteMcpServersConfig
  if (sessionId === undefined || !Array.isArray(servers)) return
  const known = bySession.get(sessionId) ?? []
  const named = servers.flatMap((value) => {
    const name = asText(asRecord(value)?.name)
    return name ? [{ name, uuid: asText(asRecord(value)?.uuid) }] : []
  })
  bySession.set(sessionId, [...known, ...named])
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
