import type { ConfigArtifact, Place, Setting } from '../../artifact.js'
import type { Fact } from '../../fact.js'
import { factOf } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { additionalDirectory } from '../reading/additional-directory.js'
import { isTable, type JsonTable, pointerTo } from '../reading/json-table.js'
import { mcpServerNames, toolServerKey } from './mcp-servers-sources.js'
import { readSettingsFiles, type SettingsFile, settingsPath } from './settings-files.js'
import { permissionSubject } from './settings-permissions.js'
import { sandboxSettings } from './settings-sandbox.js'

/**
 * Claude Code's `settings.json` with `settings.local.json` laid over it: one artifact, one setting for each statement.
 *
 * Tables are joined, the local file wins, lists are replaced as a whole, save the lists of permissions, of which both count.
 * A local file that cannot be read is a warning. Source: reference 0.169.0, import-artifacts 2.
 */
export const settingsReader: Reader<ConfigArtifact> = {
  itemType: 'CONFIG',
  describe: (place) => settingsPath(place.configDir),
  read: (place, files) => readConfig(place, files),
}

function readConfig(place: Place, files: SourceFiles): ReadResult<ConfigArtifact> {
  const [shared, local] = readSettingsFiles(place, files, 'CONFIG')
  const warnings = local.problem === undefined ? [] : [local.problem]
  if (shared.problem !== undefined) return { artifacts: [], problem: shared.problem, warnings }
  if (shared.table === undefined && local.table === undefined) return { artifacts: [], warnings }
  const servers = new Set(mcpServerNames(place, files).map(toolServerKey))
  const settings = [shared, local].flatMap((file) => {
    const stronger = file.local ? undefined : local
    return file.table === undefined ? [] : settingsOfFile(file, file.table, stronger, place, servers)
  })
  const facts = settings.map((setting) => setting.fact)
  const artifact = {
    itemType: 'CONFIG',
    name: 'settings',
    path: shared.path,
    facts,
    settings: inFirstOrder(settings),
  } as const
  return { artifacts: [artifact], warnings }
}

/** Variables stand where their name is first stated, whoever states the value. */
function inFirstOrder(settings: readonly Setting[]): readonly Setting[] {
  const places = new Map<string, number>()
  for (const [index, { fact }] of settings.entries()) if (!places.has(fact.pointer)) places.set(fact.pointer, index)
  const placeOf = ({ fact }: Setting) => places.get(fact.pointer)!
  return settings.every((setting) => setting.type !== 'overridden')
    ? settings
    : [...settings].sort((a, b) => placeOf(a) - placeOf(b))
}

type FactAt = (...parts: readonly (string | number)[]) => Fact

function settingsOfFile(
  file: SettingsFile,
  table: JsonTable,
  stronger: SettingsFile | undefined,
  place: Place,
  servers: ReadonlySet<string>,
): readonly Setting[] {
  const factAt: FactAt = (...parts) => factOf(place, file.path, pointerTo(...parts))
  return Object.entries(table).flatMap(([key, value]) => {
    const over = stronger?.table?.[key]
    const by = stronger?.path ?? ''
    const below: FactAt = (...parts) => factAt(key, ...parts)
    const found = settingsOfKey(key, value, place, servers, below)
    if (over === undefined) return found
    return found.map((setting) => (isOverridden(setting, value, over) ? overridden(setting, by) : setting))
  })
}

/** Whether the local file says something else at the same place. Lists of permissions, folders and hosts add up. */
function isOverridden(setting: Setting, value: unknown, over: unknown): boolean {
  if (setting.type === 'permission' || setting.type === 'additionalDirectory' || setting.type === 'network')
    return false
  const parts = setting.fact.pointer.split('/').slice(2)
  return statesAt(
    value,
    over,
    parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
  )
}

function statesAt(value: unknown, over: unknown, parts: readonly string[]): boolean {
  const [part, ...rest] = parts
  if (!isTable(value) || !isTable(over) || part === undefined) return true
  return Object.hasOwn(over, part) && statesAt(value[part], over[part], rest)
}

function overridden(setting: Setting, by: string): Setting {
  return { type: 'overridden', key: setting.fact.pointer, by, fact: setting.fact }
}

/** Keys that readers of other types heed. */
const ELSEWHERE: { readonly [key: string]: 'HOOKS' | 'MCP_SERVER_CONFIG' | undefined } = {
  disableAllHooks: 'HOOKS',
  enabledMcpjsonServers: 'MCP_SERVER_CONFIG',
  disabledMcpjsonServers: 'MCP_SERVER_CONFIG',
  enableAllProjectMcpServers: 'MCP_SERVER_CONFIG',
}

/** Keys that narrow what the agent or its extensions may do. */
const RESTRICTIONS = new Set([
  'allowManagedHooksOnly',
  'allowManagedMcpServersOnly',
  'allowManagedPermissionRulesOnly',
  'allowedHttpHookUrls',
  'allowedMcpServers',
  'availableModels',
  'blockedMarketplaces',
  'deniedMcpServers',
  'disableAutoMode',
  'disableBypassPermissionsMode',
  'forceLoginMethod',
  'forceLoginOrgUUID',
  'httpHookAllowedEnvVars',
  'skipWebFetchPreflight',
  'strictKnownMarketplaces',
])

function settingsOfKey(
  key: string,
  value: unknown,
  place: Place,
  servers: ReadonlySet<string>,
  factAt: FactAt,
): readonly Setting[] {
  const itemType = ELSEWHERE[key]
  if (itemType !== undefined) return [{ type: 'elsewhere', key, itemType, fact: factAt() }]
  switch (key) {
    case 'hooks':
      return isTable(value) ? [] : [{ type: 'other', key, value, fact: factAt() }]
    case 'env':
      return isTable(value) ? environment(value, factAt) : [{ type: 'other', key, value, fact: factAt() }]
    case 'sandbox':
      return sandboxSettings(value, place, factAt)
    case 'permissions':
      return permissionSettings(value, place, servers, factAt)
    case 'model':
      return [{ type: 'model', value, fact: factAt() }]
    case 'enabledPlugins':
    case 'extraKnownMarketplaces':
      return plugins(key, value, place, factAt)
    default:
      return [{ type: RESTRICTIONS.has(key) ? 'restriction' : 'other', key, value, fact: factAt() }]
  }
}

function environment(table: JsonTable, factAt: FactAt): readonly Setting[] {
  return Object.entries(table).map(([name, value]) => ({ type: 'environment', name, value, fact: factAt(name) }))
}

/** Those of the home are things of their own. */
function plugins(key: string, value: unknown, place: Place, factAt: FactAt): readonly Setting[] {
  if (!isTable(value)) return [{ type: 'other', key, value, fact: factAt() }]
  if (place.kind === 'home') return []
  return Object.entries(value).map(([name, enabled]) => ({
    type: 'plugin',
    name,
    enabled: key === 'extraKnownMarketplaces' || (enabled !== false && enabled !== null),
    fact: factAt(name),
  }))
}

function permissionSettings(
  value: unknown,
  place: Place,
  servers: ReadonlySet<string>,
  factAt: FactAt,
): readonly Setting[] {
  if (!isTable(value)) return [{ type: 'restriction', key: 'permissions', value, fact: factAt() }]
  return Object.entries(value).flatMap(([key, member]): readonly Setting[] => {
    const at: FactAt = (...parts) => factAt(key, ...parts)
    switch (key) {
      case 'allow':
      case 'ask':
      case 'deny':
        return permissionRules(key, member, place, servers, at)
      case 'defaultMode':
        return [{ type: 'permissionMode', mode: modeOf(member), written: String(member), fact: at() }]
      case 'additionalDirectories':
        if (!Array.isArray(member)) return [{ type: 'other', key: `permissions.${key}`, value: member, fact: at() }]
        return member.map((path, index) =>
          typeof path === 'string'
            ? additionalDirectory(path, place, at(index))
            : { type: 'other', key: `permissions.${key}`, value: path, fact: at(index) },
        )
      case 'disableBypassPermissionsMode':
      case 'disableAutoMode':
        return [{ type: 'restriction', key: `permissions.${key}`, value: member, fact: at() }]
      default:
        return [{ type: 'other', key: `permissions.${key}`, value: member, fact: at() }]
    }
  })
}

/** Rules that name a tool server which is read here are statements about that server, not about the settings. */
function permissionRules(
  effect: 'allow' | 'ask' | 'deny',
  value: unknown,
  place: Place,
  servers: ReadonlySet<string>,
  factAt: FactAt,
): readonly Setting[] {
  if (!Array.isArray(value)) return [{ type: 'restriction', key: `permissions.${effect}`, value, fact: factAt() }]
  return value.flatMap((rule, index): readonly Setting[] => {
    const fact = factAt(index)
    if (typeof rule !== 'string') return [{ type: 'restriction', key: `permissions.${effect}`, value: rule, fact }]
    const subject = permissionSubject(rule, place)
    if (subject.type === 'toolServer' && servers.has(subject.server)) return []
    return [{ type: 'permission', effect, subject, written: rule, fact }]
  })
}

function modeOf(value: unknown): 'ask' | 'accept-edits' | 'read-only' | 'never-ask' | 'unknown' {
  switch (value) {
    case 'default':
      return 'ask'
    case 'acceptEdits':
      return 'accept-edits'
    case 'plan':
      return 'read-only'
    case 'bypassPermissions':
      return 'never-ask'
    default:
      return 'unknown'
  }
}
