import { realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Table } from '../changes/change.js'
import { newTable, type OpenTable } from '../data/table.js'
import { unreadableLayer } from './config-errors.js'
import { jsonForm, versionOf } from './json-form.js'
import { type LayerFile, readLayerFile } from './layer-file.js'
import { markersOf, repositoryRoot, type Trust, trustOf } from './trust.js'

/**
 * What a repository may not decide for the person: where their words are sent, and what runs on events of theirs.
 * Source: reference 0.169.0, by trying every key.
 */
const reserved: readonly string[] = [
  'apps_mcp_product_sku',
  'chatgpt_base_url',
  'experimental_realtime_webrtc_call_base_url',
  'experimental_realtime_ws_base_url',
  'experimental_thread_store_endpoint',
  'model_provider',
  'model_providers',
  'notify',
  'openai_base_url',
  'otel',
  'profile',
  'profiles',
  'responses_api_metadata',
]

/** The layer of one project folder. */
export interface ProjectLayer {
  readonly dotCodexFolder: string
  readonly file: LayerFile
  /** Why it does not count. */
  readonly disabledReason?: string
}

/**
 * The `.codex` folders between `cwd` and its repository's root, the one closest to `cwd` first. The Codex home is none.
 * Reads the disk. A file that does not parse counts as empty when it would not count anyway. Source: reference 0.169.0.
 *
 * @param userConfig configuration without project layers: it says what is trusted
 * @throws ConfigReadError
 */
export function readProjectLayers(cwd: string, codexHome: string, userToml: string, userConfig: Table): ProjectLayer[] {
  const start = resolve(cwd)
  const root = repositoryRoot(start, markersOf(userConfig)) ?? start
  const layers: ProjectLayer[] = []
  for (let folder = start; ; folder = dirname(folder)) {
    const dotCodexFolder = join(folder, '.codex')
    if (isFolder(dotCodexFolder) && !isSame(dotCodexFolder, codexHome)) {
      layers.push(layerIn(dotCodexFolder, trustOf(folder, root, userConfig), userToml))
    }
    if (folder === root) return layers
  }
}

function layerIn(dotCodexFolder: string, trust: Trust, userToml: string): ProjectLayer {
  const path = join(dotCodexFolder, 'config.toml')
  if (trust.level === 'trusted') return { dotCodexFolder, file: withoutReserved(readOrThrow(path)) }
  return { dotCodexFolder, file: withoutReserved(readOrEmpty(path)), disabledReason: reasonFor(trust, userToml) }
}

function withoutReserved(file: LayerFile): LayerFile {
  if (!reserved.some((key) => Object.hasOwn(file.exact, key))) return file
  const exact: OpenTable = Object.assign(newTable(), file.exact)
  for (const key of reserved) delete exact[key]
  return { ...file, exact, json: jsonForm(exact), version: versionOf(exact) }
}

function reasonFor({ level, folder }: Trust, userToml: string): string {
  const what = 'To load project-local config, hooks, and exec policies,'
  if (level === undefined) return `${what} add ${folder} as a trusted project in ${userToml}.`
  return `${folder} is marked as untrusted in the effective configuration. ${what} update its trust setting. If that setting is managed by your organization, contact your administrator.`
}

function readOrThrow(path: string): LayerFile {
  try {
    return readLayerFile(path)
  } catch (error) {
    throw unreadableLayer(error, true)
  }
}

function readOrEmpty(path: string): LayerFile {
  try {
    return readLayerFile(path)
  } catch {
    const exact = newTable()
    return { exact, json: newTable(), version: versionOf(exact), text: undefined }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isSame(left: string, right: string): boolean {
  if (left === right) return true
  try {
    return realpathSync.native(left) === realpathSync.native(right)
  } catch {
    return false
  }
}
