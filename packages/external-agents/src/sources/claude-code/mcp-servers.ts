import type { McpServerArtifact, McpServerMember, Place, ToolPermission } from '../../artifact.js'
import { factOf } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, type JsonTable, pointerTo, stringsOf } from '../reading/json-table.js'
import { readStatedServers, type StatedServer, toolServerKey } from './mcp-servers-sources.js'
import { readSettingsFiles, type SettingsFile } from './settings-files.js'
import { permissionSubject } from './settings-permissions.js'

/**
 * Claude Code's tool servers, with the permissions that name them, in byte order of their names.
 *
 * `enabledMcpjsonServers` and `disabledMcpjsonServers` say whether a server of `.mcp.json` is in use, and nothing about others.
 * Source: reference 0.169.0, import-artifacts 3; Claude Code settings as documented.
 */
export const mcpServersReader: Reader<McpServerArtifact> = {
  itemType: 'MCP_SERVER_CONFIG',
  describe: (place) => place.root,
  read: (place, files) => readServers(place, files),
}

function readServers(place: Place, files: SourceFiles): ReadResult<McpServerArtifact> {
  const { servers, project, problem } = readStatedServers(place, files)
  if (problem !== undefined) return { artifacts: [], problem, warnings: [] }
  if (servers.length === 0) return { artifacts: [], warnings: [] }
  const settings = readSettingsFiles(place, files, 'MCP_SERVER_CONFIG')
  const [shared, local] = settings
  if (shared.problem !== undefined) return { artifacts: [], problem: shared.problem, warnings: [] }
  const warnings = local.problem === undefined ? [] : [local.problem]
  const approval = approvalOf(settings, project, place, files)
  const permissions = permissionsByServer(settings, place, new Set(servers.map((server) => toolServerKey(server.name))))
  const accounted = new Set<string>()
  const artifacts = servers.map((server) => {
    const key = toolServerKey(server.name)
    const named = permissions.get(key) ?? []
    const mine = accounted.has(key) ? named.map(({ effect, tool }) => ({ effect, tool })) : named
    accounted.add(key)
    return serverArtifact(server, place, approval(server), mine)
  })
  return { artifacts, warnings }
}

/** Whether the person has let a server of `.mcp.json` in. Lists of several files add up; a repository without any heeds the home's. */
function approvalOf(
  settings: readonly SettingsFile[],
  project: JsonTable,
  place: Place,
  files: SourceFiles,
): (server: StatedServer) => boolean {
  const own = [project, ...settings.flatMap((file) => (file.table === undefined ? [] : [file.table]))]
  const tables = own.some(saysAnything) || place.kind === 'home' ? own : [...own, ...homeSettings(place, files)]
  const enabled = new Set(tables.flatMap((table) => stringsOf(table.enabledMcpjsonServers)))
  const disabled = new Set(tables.flatMap((table) => stringsOf(table.disabledMcpjsonServers)))
  const all = tables.some((table) => table.enableAllProjectMcpServers === true)
  return (server) => {
    if (!server.shared) return true
    return !disabled.has(server.name) && (all || enabled.size === 0 || enabled.has(server.name))
  }
}

function saysAnything(table: JsonTable): boolean {
  return (
    stringsOf(table.enabledMcpjsonServers).length > 0 ||
    stringsOf(table.disabledMcpjsonServers).length > 0 ||
    table.enableAllProjectMcpServers === true
  )
}

function homeSettings(place: Place, files: SourceFiles): readonly JsonTable[] {
  const home: Place = { ...place, kind: 'home', root: place.userHome, configDir: place.userConfigDir }
  return readSettingsFiles(home, files, 'MCP_SERVER_CONFIG').flatMap(({ table }) =>
    table === undefined ? [] : [table],
  )
}

function permissionsByServer(
  settings: readonly SettingsFile[],
  place: Place,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, readonly ToolPermission[]> {
  const found = new Map<string, ToolPermission[]>()
  for (const { path, table } of settings) {
    const permissions = table?.permissions
    if (!isTable(permissions)) continue
    for (const effect of ['allow', 'ask', 'deny'] as const) {
      const rules = permissions[effect]
      if (!Array.isArray(rules)) continue
      for (const [index, rule] of rules.entries()) {
        if (typeof rule !== 'string' || !rule.includes('mcp__')) continue
        const subject = permissionSubject(rule, place)
        if (subject.type !== 'toolServer' || !keys.has(subject.server)) continue
        const fact = factOf(place, path, pointerTo('permissions', effect, index))
        const list = found.get(subject.server) ?? []
        found.set(subject.server, [...list, { effect, tool: subject.tool, fact }])
      }
    }
  }
  return found
}

function serverArtifact(
  server: StatedServer,
  place: Place,
  approved: boolean,
  permissions: readonly ToolPermission[],
): McpServerArtifact {
  const table = isTable(server.value) ? server.value : {}
  const members = Object.entries(table).flatMap(([key, value]) => membersOf(key, value, server, place))
  return {
    itemType: 'MCP_SERVER_CONFIG',
    name: server.name,
    path: server.file,
    transport: transportOf(table),
    enabled: approved && table.disabled !== true && table.enabled !== false,
    fact: server.fact,
    members,
    permissions,
    shadowed: server.shadowed,
    facts: [
      server.fact,
      ...members.map((member) => member.fact),
      ...permissions.flatMap(({ fact }) => (fact === undefined ? [] : [fact])),
      ...server.shadowed,
    ],
  }
}

function membersOf(key: string, value: unknown, server: StatedServer, place: Place): readonly McpServerMember[] {
  const factAt = (...parts: readonly string[]) => factOf(place, server.file, pointerTo(...server.at, key, ...parts))
  const entries = (key === 'env' || key === 'headers') && isTable(value) ? Object.entries(value) : []
  if (entries.length === 0) return [{ key, value, fact: factAt() }]
  return entries.map(([entry, member]) => ({ key, entry, value: member, fact: factAt(entry) }))
}

/** Claude Code reads a server without `type` from what it has; `streamable-http` is its newer name of `http`. */
function transportOf(table: JsonTable): McpServerArtifact['transport'] {
  const hasCommand = typeof table.command === 'string' && table.command.trim() !== ''
  const hasUrl = typeof table.url === 'string' && table.url.trim() !== ''
  switch (table.type) {
    case undefined:
    case null:
      return hasCommand ? 'stdio' : hasUrl ? 'http' : 'unknown'
    case 'stdio':
      return hasCommand ? 'stdio' : 'unknown'
    case 'http':
    case 'streamable-http':
    case 'streamable_http':
    case 'streamableHttp':
      return hasUrl ? 'http' : 'unknown'
    case 'sse':
      return hasUrl ? 'sse' : 'unknown'
    case 'ws':
    case 'websocket':
      return 'ws'
    default:
      return 'unknown'
  }
}
