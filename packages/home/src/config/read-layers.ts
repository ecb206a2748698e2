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
import { findFault } from './validate.js'

export interface ReadConfigOptions {
  readonly layout: HomeLayout
  /** Project layers between this folder and its repository's root count, when the project is trusted. Null: none. */
  readonly cwd?: string | null
  /** From `parseOverrides` or `nestOverrides`: what `-c` on the command line said. */
  readonly overrides?: Table
}

/** Where an administrator may leave settings for everybody. */
const systemToml = '/etc/codex/config.toml'

/**
 * The configuration in force. Reads the disk; files that have not changed since the last call are not read again (J5).
 *
 * @throws ConfigReadError when a layer that counts does not parse, or a value has the wrong type
 */
export function readConfigLayers({ layout, cwd, overrides = newTable() }: ReadConfigOptions): ConfigView {
  const system = readOrThrow(systemToml)
  const user = readOrThrow(layout.configToml)
  const withoutProjects = mergeAll([system.exact, user.exact, overrides])
  const projects = cwd ? readProjectLayers(cwd, layout.root, layout.configToml, withoutProjects) : []
  const layers: ConfigLayer[] = [
    ...flagsLayer(overrides),
    ...projects.map(({ dotCodexFolder, file, disabledReason }) => ({
      name: { type: 'project' as const, dotCodexFolder },
      version: file.version,
      config: file.json,
      ...(disabledReason === undefined ? {} : { disabledReason }),
    })),
    { name: { type: 'user', file: layout.configToml, profile: null }, version: user.version, config: user.json },
    { name: { type: 'system', file: systemToml }, version: system.version, config: system.json },
  ]
  const counting = layers.filter((layer) => layer.disabledReason === undefined)
  const trusted = projects.filter(({ disabledReason }) => disabledReason === undefined).map(({ file }) => file.exact)
  const merged = mergeAll([system.exact, user.exact, ...trusted.toReversed(), overrides])
  const fault = findFault(merged)
  if (fault) throw new ConfigReadError('invalid', fault)
  return { config: withDefaults(jsonForm(merged)), origins: originsOf(counting), layers }
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
