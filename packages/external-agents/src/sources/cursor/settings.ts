import type { ConfigArtifact, Place, Setting } from '../../artifact.js'
import { factOf } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, type JsonTable, pointerTo } from '../reading/json-table.js'
import { serverNames } from './mcp-servers.js'
import { type FactAt, readSettingsFiles, settingsPath } from './settings-files.js'
import { permissionSubject } from './settings-permissions.js'
import { sandboxFileSettings } from './settings-sandbox.js'

/**
 * The settings of Cursor's command line, with `sandbox.json` beside them: one artifact, one setting for each statement. A
 * sandbox file that cannot be read is a warning. Source: reference 0.169.0, import-artifacts 2, which takes `env` only.
 */
export const settingsReader: Reader<ConfigArtifact> = {
  itemType: 'CONFIG',
  describe: (place) => settingsPath(place),
  read: (place, files) => readConfig(place, files),
}

function readConfig(place: Place, files: SourceFiles): ReadResult<ConfigArtifact> {
  const { settings, sandbox } = readSettingsFiles(place, files, 'CONFIG')
  const warnings = sandbox.problem ? [sandbox.problem] : []
  if (settings.problem) return { artifacts: [], problem: settings.problem, warnings }
  if (!settings.table && !sandbox.table) return { artifacts: [], warnings }
  const servers = serverNames(place, files)
  const at =
    (path: string): FactAt =>
    (...parts) =>
      factOf(place, path, pointerTo(...parts))
  const found = [
    ...(settings.table ? settingsOf(settings.table, place, servers, at(settings.path)) : []),
    ...(sandbox.table ? sandboxFileSettings(sandbox.table, place, at(sandbox.path)) : []),
  ]
  const artifact: ConfigArtifact = {
    itemType: 'CONFIG',
    name: 'settings',
    path: settings.path,
    facts: found.map(({ fact }) => fact),
    settings: found,
  }
  return { artifacts: [artifact], warnings }
}

function settingsOf(table: JsonTable, place: Place, servers: ReadonlySet<string>, factAt: FactAt): readonly Setting[] {
  return Object.entries(table).flatMap(([key, value]): readonly Setting[] => {
    const at: FactAt = (...parts) => factAt(key, ...parts)
    switch (key) {
      case 'env':
        if (!isTable(value)) return [{ type: 'other', key, value, fact: at() }]
        return Object.entries(value).map(([name, one]) => ({ type: 'environment', name, value: one, fact: at(name) }))
      case 'permissions':
        return permissions(value, place, servers, at)
      case 'approvalMode':
        return [{ type: 'permissionMode', mode: modeOf(value), written: String(value), fact: at() }]
      case 'sandbox':
        return sandboxSettings(value, at)
      case 'model':
      case 'selectedModel':
        return [{ type: 'model', value, fact: at() }]
      default:
        return [{ type: 'other', key, value, fact: at() }]
    }
  })
}

function modeOf(value: unknown): Extract<Setting, { type: 'permissionMode' }>['mode'] {
  switch (value) {
    case 'allowlist':
      return 'ask'
    case 'unrestricted':
      return 'never-ask'
    default:
      return 'unknown'
  }
}

/** Rules that name a server which is read here are statements about that server, not about the settings. */
function permissions(value: unknown, place: Place, servers: ReadonlySet<string>, factAt: FactAt): readonly Setting[] {
  if (!isTable(value)) return [{ type: 'restriction', key: 'permissions', value, fact: factAt() }]
  return Object.entries(value).flatMap(([key, rules]): readonly Setting[] => {
    if (key !== 'allow' && key !== 'deny') {
      return [{ type: 'other', key: `permissions.${key}`, value: rules, fact: factAt(key) }]
    }
    if (!Array.isArray(rules)) {
      return [{ type: 'restriction', key: `permissions.${key}`, value: rules, fact: factAt(key) }]
    }
    return rules.flatMap((rule, index): readonly Setting[] => {
      const fact = factAt(key, index)
      if (typeof rule !== 'string') return [{ type: 'restriction', key: `permissions.${key}`, value: rule, fact }]
      const subject = permissionSubject(rule, place)
      if (subject.type === 'toolServer' && servers.has(subject.server)) return []
      return [{ type: 'permission', effect: key, subject, written: rule, fact }]
    })
  })
}

/** `sandbox` of the settings: whether commands run in one, and whether they reach the network from there. */
function sandboxSettings(value: unknown, factAt: FactAt): readonly Setting[] {
  if (!isTable(value)) return [{ type: 'other', key: 'sandbox', value, fact: factAt() }]
  return Object.entries(value).map(([key, member]): Setting => {
    const fact = factAt(key)
    if (key === 'mode') return { type: 'sandbox', enabled: member === 'enabled' || member === true, fact }
    if (key === 'networkAccess' && member === 'enabled') return { type: 'network', effect: 'allow', host: '*', fact }
    if (key === 'networkAccess' && member === 'disabled') return { type: 'network', effect: 'deny', host: '*', fact }
    return { type: 'other', key: `sandbox.${key}`, value: member, fact }
  })
}
