import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from '../changes/change.js'
import { HomeError, JsonSyntaxError } from '../errors.js'
import { checkPluginVersion } from './names.js'
import { PluginError } from './plugin-error.js'
import { readManifestFile, textAt, textsAt } from './read-manifest-file.js'

/** What a plugin says of itself. */
export interface PluginManifest {
  /** Absolute path of the file. */
  readonly path: string
  /** Null: that of the marketplace. */
  readonly name: string | null
  /** Null: it has none, and its folder in the cache is called `local`. */
  readonly version: string | null
  readonly description: string | null
  readonly keywords: readonly string[]
  /** Everything, for what reads more of it. */
  readonly table: Table
}

/** Where a plugin keeps its manifest, first found first. Source: reference 0.169.0. */
const pluginManifests = [
  '.codex-plugin/plugin.json',
  '.claude-plugin/plugin.json',
  '.cursor-plugin/plugin.json',
] as const

/** The manifest of the plugin in a folder. Reads the disk; follows no link. @throws PluginError */
export function readPluginManifest(folder: string): PluginManifest {
  const found = findPluginManifest(folder)
  if (found) return found
  throw new PluginError('not-found', 'missing plugin.json')
}

/** The same, or undefined when there is none. Reads the disk. @throws PluginError when it cannot be read */
export function findPluginManifest(folder: string): PluginManifest | undefined {
  for (const manifest of pluginManifests) {
    // A link in place of the folder would lead out of the plugin.
    if (!lstatSync(join(folder, manifest.slice(0, manifest.indexOf('/'))), { throwIfNoEntry: false })?.isDirectory()) {
      continue
    }
    const path = join(folder, manifest)
    const table = parse(path)
    if (table) return decode(table, path)
  }
  return undefined
}

/** The folder of a version in the cache. @throws PluginError when it is no name for a folder */
export function versionFolder({ version }: PluginManifest): string {
  return version === null ? 'local' : checkPluginVersion(version)
}

function parse(path: string): Table | undefined {
  try {
    return readManifestFile(path)
  } catch (error) {
    if (!(error instanceof HomeError) || error instanceof PluginError) throw error
    const words =
      error instanceof JsonSyntaxError ? `${error.detail} at line ${error.line} column ${error.column}` : error.message
    throw new PluginError('invalid', `failed to parse plugin.json: ${words}`, { cause: error })
  }
}

function decode(table: Table, path: string): PluginManifest {
  const version = textAt(table, 'version')?.trim() ?? ''
  return {
    path,
    name: textAt(table, 'name')?.trim() || null,
    version: version === '' ? null : version,
    description: textAt(table, 'description'),
    keywords: textsAt(table, 'keywords'),
    table,
  }
}
