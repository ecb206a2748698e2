import { readFileSync } from 'node:fs'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { HomeError } from '../errors.js'
import type { PluginManifest } from './plugin-manifest.js'
import { pathBelow, readManifestFile, tableAt, textsAt } from './read-manifest-file.js'
import type { Tree } from './read-tree.js'

/** What a plugin brings. */
export interface PluginContents {
  /** Its `SKILL.md` files: absolute paths and texts, in the order of their paths. */
  readonly skills: readonly { readonly path: string; readonly text: string }[]
  /** Names of its servers, sorted. */
  readonly mcpServers: readonly string[]
  readonly hooks: readonly PluginHook[]
  /** Its commands, by path below the folder that they are in, `/` between parts. */
  readonly commands: readonly { readonly relativePath: string; readonly path: string }[]
}

/** A hook of a plugin, by where it stands. */
export interface PluginHook {
  /** The event as files of hooks spell it, such as `PreToolUse`. */
  readonly event: string
  /** The file below the plugin, or `plugin.json#hooks[0]`. */
  readonly source: string
  readonly group: number
  readonly handler: number
}

/** A skill is a text to be read by a model. */
const maxSkillBytes = 1024 * 1024

/**
 * What a plugin brings, by its manifest, else by the folders where such things stand. Reads the disk, runs nothing. What cannot
 * be read is left out. Source: reference 0.169.0.
 */
export function readPluginContents(folder: string, { table }: PluginManifest, tree: Tree): PluginContents {
  const files = tree.files.map(({ relativePath }) => relativePath)
  return {
    skills: below(files, placesOf(table, 'skills'))
      .filter((path) => /(?:^|\/)SKILL\.md$/.test(path))
      .flatMap((path) => readSkill(`${folder}/${path}`)),
    mcpServers: serversOf(tableOrFile(folder, table, 'mcpServers', '.mcp.json')),
    hooks: hooksOf(tableOrFile(folder, table, 'hooks', 'hooks/hooks.json')),
    commands: placesOf(table, 'commands').flatMap((place) => commandsIn(folder, place, files)),
  }
}

/** The folders or files that a manifest names for a kind of thing, else the usual one; below the plugin, without `./`. */
function placesOf(table: Table, key: 'skills' | 'commands'): readonly string[] {
  const named = textsAt(table, key).flatMap((path) => pathBelow('', path.startsWith('./') ? path : `./${path}`) ?? [])
  return named.length > 0 ? named.map((path) => path.slice(1)) : [key]
}

function below(files: readonly string[], places: readonly string[]): readonly string[] {
  return files.filter((path) => places.some((place) => place === '' || path === place || path.startsWith(`${place}/`)))
}

function commandsIn(folder: string, place: string, files: readonly string[]): PluginContents['commands'] {
  return below(files, [place])
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({
      relativePath: path === place ? (path.split('/').at(-1) ?? path) : path.slice(place === '' ? 0 : place.length + 1),
      path: `${folder}/${path}`,
    }))
}

function readSkill(path: string): { readonly path: string; readonly text: string }[] {
  try {
    const text = readFileSync(path, 'utf8')
    return text.length > maxSkillBytes ? [] : [{ path, text }]
  } catch {
    return []
  }
}

interface Found {
  readonly table: Table
  readonly source: string
}

/** A table that stands in the manifest, or in the file that it names, or in the usual one. */
function tableOrFile(folder: string, manifest: Table, key: string, usual: string): Found | undefined {
  const said = manifest[key]
  if (isTable(said)) return { table: tableAt(said, key) ?? said, source: `plugin.json#${key}[0]` }
  const path = pathBelow(folder, typeof said === 'string' ? said : `./${usual}`)
  const table = path === undefined ? undefined : readOrNot(path)
  return table && path ? { table: tableAt(table, key) ?? table, source: path.slice(folder.length + 1) } : undefined
}

function readOrNot(path: string): Table | undefined {
  try {
    return readManifestFile(path)
  } catch (error) {
    if (error instanceof HomeError) return undefined
    throw error
  }
}

/** Those that say how they are reached. */
function serversOf(found: Found | undefined): readonly string[] {
  return Object.entries(found?.table ?? {})
    .filter(([, server]) => isTable(server) && (typeof server.command === 'string' || typeof server.url === 'string'))
    .map(([name]) => name)
    .sort()
}

function hooksOf(found: Found | undefined): readonly PluginHook[] {
  if (!found) return []
  return Object.entries(found.table).flatMap(([event, groups]) =>
    (Array.isArray(groups) ? groups : []).flatMap((entry, group) => {
      const handlers = isTable(entry) && Array.isArray(entry.hooks) ? entry.hooks : []
      return handlers.map((_, handler) => ({ event, source: found.source, group, handler }))
    }),
  )
}
