import { join } from 'node:path'
import type { Table } from '../changes/change.js'
import { mergePatch, newTable } from '../data/table.js'
import type { HomeLayout } from '../layout.js'
import { ConfigReadError, unreadableLayer } from './config-errors.js'
import { withDefaults } from './defaults.js'
import { jsonForm, versionOf } from './json-form.js'
import type { ConfigLayer, ConfigView } from './layer.js'
import { type LayerFile, readLayerFile } from './layer-file.js'
import { originsOf } from './origins.js'
import { readProjectLayers } from './project-layers.js'
import { findUnknownKey } from './unknown-key.js'
import { findFault } from './validate.js'

export interface ReadConfigOptions {
  readonly layout: HomeLayout
  /** Project layers between this folder and its repository's root count, when the project is trusted. Null: none. */
  readonly cwd?: string | null
  /** From `parseOverrides` or `nestOverrides`: what `-c` on the command line said. */
  readonly overrides?: Table
  /** Which files of the person count. Default: `config.toml` alone, and keys that are not known are ignored. */
  readonly files?: ConfigFiles
}

/** Which files of the person count, and how strictly. */
export interface ConfigFiles {
  /** `<profile>.config.toml` of the Codex home counts over `config.toml`. */
  readonly profile?: string
  /** `config.toml` of the Codex home does not count. */
  readonly ignoresUser?: boolean
  /** A key that is not known is a fault, in the person's files and in overrides. */
  readonly isStrict?: boolean
}

/** Where an administrator may leave settings for everybody. */
const systemToml = '/etc/codex/config.toml'

/**
 * The configuration in force. Reads the disk; files that have not changed since the last call are not read again (J5).
 *
 * @throws ConfigReadError when a layer that counts does not parse, or a value has the wrong type
 */
export function readConfigLayers({ layout, cwd, overrides = newTable(), files = {} }: ReadConfigOptions): ConfigView {
  const system = readOrThrow(systemToml)
  const own = userFiles(layout, files)
  if (files.isStrict === true) refuseUnknownKeys(own, overrides)
  const withoutProjects = mergeAll([system.exact, ...own.map(({ layer }) => layer.exact), overrides])
  const projects = cwd ? readProjectLayers(cwd, layout.root, layout.configToml, withoutProjects) : []
  const layers: ConfigLayer[] = [
    ...flagsLayer(overrides),
    ...projects.map(({ dotCodexFolder, file, disabledReason }) => ({
      name: { type: 'project' as const, dotCodexFolder },
      version: file.version,
      config: file.json,
      ...(disabledReason === undefined ? {} : { disabledReason }),
    })),
    ...own.toReversed().map(({ file, profile, layer }) => ({
      name: { type: 'user' as const, file, profile },
      version: layer.version,
      config: layer.json,
    })),
    { name: { type: 'system', file: systemToml }, version: system.version, config: system.json },
  ]
  const counting = layers.filter((layer) => layer.disabledReason === undefined)
  const trusted = projects.filter(({ disabledReason }) => disabledReason === undefined).map(({ file }) => file.exact)
  const users = own.map(({ layer }) => layer.exact)
  const merged = mergeAll([system.exact, ...users, ...trusted.toReversed(), overrides])
  const fault = findFault(merged)
  if (fault) throw new ConfigReadError('invalid', fault)
  return { config: withDefaults(jsonForm(merged)), origins: originsOf(counting), layers }
}

interface UserFile {
  readonly file: string
  readonly profile: string | null
  readonly layer: LayerFile
}

/** The person's own files that count, weakest first. */
function userFiles(layout: HomeLayout, { profile, ignoresUser }: ConfigFiles): readonly UserFile[] {
  const file = layout.configToml
  const user = { file, profile: null, layer: readOrThrow(file) }
  const over = profile === undefined ? undefined : join(layout.root, `${profile}.config.toml`)
  return [
    ...(ignoresUser === true ? [] : [user]),
    ...(over === undefined ? [] : [{ file: over, profile: profile ?? null, layer: readOrThrow(over) }]),
  ]
}

/** @throws ConfigReadError that names the first. Source: reference 0.169.0, the words */
function refuseUnknownKeys(own: readonly UserFile[], overrides: Table): void {
  const places = [
    ...own.map(({ file, layer }) => [layer.exact, file] as const),
    [overrides, '-c/--config override'] as const,
  ]
  for (const [table, place] of places) {
    const key = findUnknownKey(table)
    if (key !== undefined) throw new ConfigReadError('invalid', `unknown configuration field \`${key}\` in ${place}`)
  }
}

/** Weakest first. */
function mergeAll(tables: readonly Table[]): Table {
  return tables.reduce<Table>((merged, table) => mergePatch(merged, table) as Table, newTable())
}

function flagsLayer(overrides: Table): ConfigLayer[] {
  if (Object.keys(overrides).length === 0) return []
  return [{ name: { type: 'sessionFlags' }, version: versionOf(overrides), config: jsonForm(overrides) }]
}

function readOrThrow(file: string): LayerFile {
  try {
    return readLayerFile(file)
  } catch (error) {
    throw unreadableLayer(error, false)
  }
}
