import { join } from 'node:path'
import {
  type McpServerArtifact,
  type McpServerMember,
  type Place,
  PROJECT_FOLDER,
  type ToolPermission,
} from '../../artifact.js'
import { compareBytes } from '../../byte-order.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, type JsonTable, pointerTo, readTable } from '../reading/json-table.js'
import { readSettingsFiles } from './settings-files.js'
import { permissionSubject } from './settings-permissions.js'

/**
 * The servers of Cursor's `mcp.json`, with the permissions that name them, in byte order of their names.
 * Source: reference 0.169.0, import-artifacts 3; placeholders by Cursor's documentation.
 */
export const mcpServersReader: Reader<McpServerArtifact> = {
  itemType: 'MCP_SERVER_CONFIG',
  describe: (place) => serversPath(place),
  read: (place, files) => readServers(place, files),
}

function serversPath(place: Place): string {
  return join(place.configDir, 'mcp.json')
}

function readServers(place: Place, files: SourceFiles): ReadResult<McpServerArtifact> {
  const path = serversPath(place)
  const what = 'invalid MCP config: root must be an object'
  const read = readTable(path, readingRoot(place), files, 'MCP_SERVER_CONFIG', what)
  if (read.problem) return { artifacts: [], problem: read.problem, warnings: [] }
  const servers = read.table?.mcpServers
  if (!isTable(servers)) return { artifacts: [], warnings: [] }
  const names = Object.keys(servers).sort(compareBytes)
  const permissions = permissionsByServer(place, files, new Set(names))
  const artifacts = names.map((name) => serverArtifact(name, servers[name], place, path, permissions.get(name) ?? []))
  return { artifacts, warnings: [] }
}

/** Names of the servers of a place; `[]` when the file cannot be read. */
export function serverNames(place: Place, files: SourceFiles): ReadonlySet<string> {
  const read = readTable(serversPath(place), readingRoot(place), files, 'MCP_SERVER_CONFIG', '')
  return new Set(isTable(read.table?.mcpServers) ? Object.keys(read.table.mcpServers) : [])
}

function permissionsByServer(
  place: Place,
  files: SourceFiles,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly ToolPermission[]> {
  const found = new Map<string, readonly ToolPermission[]>()
  const { path, table } = readSettingsFiles(place, files, 'MCP_SERVER_CONFIG').settings
  const permissions = table?.permissions
  if (!isTable(permissions)) return found
  for (const effect of ['allow', 'deny'] as const) {
    const rules = permissions[effect]
    for (const [index, rule] of (Array.isArray(rules) ? rules : []).entries()) {
      const subject = typeof rule === 'string' ? permissionSubject(rule, place) : undefined
      if (subject?.type !== 'toolServer' || !names.has(subject.server)) continue
      const fact = factOf(place, path, pointerTo('permissions', effect, index))
      found.set(subject.server, [...(found.get(subject.server) ?? []), { effect, tool: subject.tool, fact }])
    }
  }
  return found
}

function serverArtifact(
  name: string,
  value: unknown,
  place: Place,
  path: string,
  permissions: readonly ToolPermission[],
): McpServerArtifact {
  const table = isTable(value) ? value : {}
  const fact = factOf(place, path, pointerTo('mcpServers', name))
  const members = Object.entries(table).flatMap(([key, member]) => membersOf(name, key, member, place, path))
  return {
    itemType: 'MCP_SERVER_CONFIG',
    name,
    path,
    transport: transportOf(table),
    enabled: table.disabled !== true && table.enabled !== false,
    fact,
    members,
    permissions,
    shadowed: [],
    facts: [
      fact,
      ...members.map((member) => member.fact),
      ...permissions.flatMap((one) => (one.fact ? [one.fact] : [])),
    ],
  }
}

function membersOf(
  server: string,
  key: string,
  value: unknown,
  place: Place,
  path: string,
): readonly McpServerMember[] {
  const factAt = (...parts: readonly string[]) => factOf(place, path, pointerTo('mcpServers', server, key, ...parts))
  const entries = (key === 'env' || key === 'headers') && isTable(value) ? Object.entries(value) : []
  if (entries.length > 0) {
    return entries.map(([entry, member]) => ({ key, entry, value: neutral(member, place), fact: factAt(entry) }))
  }
  if (key === 'auth' && isTable(value)) return [{ key: 'oauth', value: oauthOf(value), fact: factAt() }]
  return [{ key, value: neutral(value, place), fact: factAt() }]
}

/** Cursor's names for a client that is registered by hand. */
function oauthOf({ CLIENT_ID: clientId, scopes, ...others }: JsonTable): JsonTable {
  return { ...(clientId !== undefined && { clientId }), ...(scopes !== undefined && { scopes }), ...others }
}

/** Placeholders in the neutral spelling. */
function neutral(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return neutralText(value, place)
  return Array.isArray(value) ? value.map((entry) => neutral(entry, place)) : value
}

function neutralText(text: string, place: Place): string {
  return text
    .replace(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => `\${${name}}`)
    .replaceAll('${userHome}', '${HOME}')
    .replaceAll('${workspaceFolder}', () => PROJECT_FOLDER)
    .replaceAll('${workspaceFolderBasename}', (written) => (place.kind === 'repo' ? baseName(place.root) : written))
    .replace(/\$\{(?:pathSeparator|\/)\}/g, '/')
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** A URL is tried as streamable HTTP first, whatever type it has but `sse`. */
function transportOf(table: JsonTable): McpServerArtifact['transport'] {
  const hasCommand = typeof table.command === 'string' && table.command.trim() !== ''
  const hasUrl = typeof table.url === 'string' && table.url.trim() !== ''
  const type = typeof table.type === 'string' ? table.type.toLowerCase().replace(/[-_]/g, '') : undefined
  if (hasCommand) return type === undefined || type === 'stdio' ? 'stdio' : 'unknown'
  if (!hasUrl) return 'unknown'
  switch (type) {
    case undefined:
    case 'http':
    case 'streamablehttp':
      return 'http'
    case 'sse':
      return 'sse'
    case 'ws':
    case 'websocket':
      return 'ws'
    default:
      return 'unknown'
  }
}
