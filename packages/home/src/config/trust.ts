import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'

export type TrustLevel = 'trusted' | 'untrusted'

/** What decided about a folder. */
export interface Trust {
  readonly level: TrustLevel | undefined
  /** The folder whose entry says so; without one the folder to add. */
  readonly folder: string
}

/** What the user's configuration says of a folder: its own entry, else that of its repository. Reads the disk to find the repository. */
export function trustLevelOf(cwd: string, userConfig: Table): TrustLevel | undefined {
  return trustOf(cwd, repositoryRoot(cwd, markersOf(userConfig)) ?? cwd, userConfig).level
}

/** The same for a folder whose repository is known. A worktree counts as its main repository when it has no entry of its own. */
export function trustOf(folder: string, root: string, userConfig: Table): Trust {
  const projects = isTable(userConfig.projects) ? userConfig.projects : {}
  for (const candidate of [folder, root, mainRepository(root)]) {
    const level = candidate === undefined ? undefined : levelIn(projects, candidate)
    if (candidate !== undefined && level) return { level, folder: candidate }
  }
  return { level: undefined, folder: root }
}

/** The nearest folder, from `cwd` up, that holds one of `markers`. Reads the disk. */
export function repositoryRoot(cwd: string, markers: readonly string[]): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (markers.some((marker) => statSync(join(folder, marker), { throwIfNoEntry: false }))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** What marks the root of a project: `project_root_markers`, by default `.git`. */
export function markersOf(config: Table): readonly string[] {
  const markers = config.project_root_markers
  return Array.isArray(markers) ? markers.filter((marker) => typeof marker === 'string') : ['.git']
}

function levelIn(projects: Table, folder: string): TrustLevel | undefined {
  for (const path of new Set([folder, realPath(folder)])) {
    const entry = Object.hasOwn(projects, path) ? projects[path] : undefined
    const level = isTable(entry) ? entry.trust_level : undefined
    if (level === 'trusted' || level === 'untrusted') return level
  }
  return undefined
}

/** In a worktree `.git` is a file that names a folder of the main repository. */
function mainRepository(root: string): string | undefined {
  const marker = join(root, '.git')
  if (!statSync(marker, { throwIfNoEntry: false })?.isFile()) return undefined
  const gitFolder = /^gitdir: (.+?)\s*$/m.exec(readFileSync(marker, 'utf8'))?.[1]
  const parts = gitFolder && /^(.*)[\\/]\.git[\\/]worktrees[\\/][^\\/]+$/.exec(resolve(root, gitFolder))
  return parts?.[1]
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
