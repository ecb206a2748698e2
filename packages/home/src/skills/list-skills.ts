import { readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../config/trust.js'
import type { HomeLayout } from '../layout.js'
import { readSkill } from './read-skill.js'

/** Whom a skill belongs to. */
export type SkillScope = 'user' | 'repo' | 'system'

/** A skill that can be used in a folder. */
export interface Skill {
  readonly name: string
  readonly description: string
  readonly shortDescription: string | null
  /** Its `SKILL.md`. Absolute, without links. */
  readonly path: string
  readonly scope: SkillScope
  readonly enabled: boolean
}

/** A folder that skills are looked for in. */
export interface SkillRoot {
  readonly path: string
  readonly scope: SkillScope
}

/** Where skills are looked for, and which are switched off. */
export interface ListSkillsOptions {
  readonly layout: HomeLayout
  /** Absolute. Its repository's skills count. */
  readonly cwd: string
  /** Folders beside the usual ones. */
  readonly extraRoots?: readonly string[]
  /** The configuration in force: its `skills.config` switches skills off, by `path` or by `name`. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Skills of a folder, and files that should be one and are not. */
export interface SkillList {
  readonly skills: readonly Skill[]
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/** How deep below a root skills are looked for, and how many folders of one root are looked into. */
const maxDepth = 6
const maxFolders = 2_000

/**
 * The skills that can be used in a folder: those of its repository, the person's own, and those that came with the
 * program. Reads the disk; files that have not changed are not read again (J5).
 *
 * Source: reference 0.169.0, where it looks, and what it says of a broken one.
 */
export function listSkills(options: ListSkillsOptions): SkillList {
  const isOff = switchesOf(options.config ?? {})
  const skills = new Map<string, Skill>()
  const errors: { path: string; message: string }[] = []
  for (const { path: root, scope } of skillRoots(options)) {
    for (const file of skillFiles(root)) {
      if (skills.has(file)) continue
      const read = readSkill(file)
      if ('fault' in read) errors.push({ path: file, message: read.fault })
      else skills.set(file, { ...read, path: file, scope, enabled: !isOff(file, read.name) })
    }
  }
  return { skills: [...skills.values()], errors }
}

/** The folders that skills of `cwd` are looked for in, the nearest first; there or not. Reads the disk for the repository. */
export function skillRoots({ layout, cwd, extraRoots = [] }: ListSkillsOptions): readonly SkillRoot[] {
  const top = repositoryRoot(cwd, ['.git']) ?? cwd
  const roots: SkillRoot[] = []
  for (let folder = cwd; ; folder = dirname(folder)) {
    roots.push(...['.codex', '.agents'].map((name) => ({ path: join(folder, name, 'skills'), scope: 'repo' as const })))
    if (folder === top || folder === dirname(folder)) break
  }
  const own = [join(layout.root, 'skills'), layout.skillsDir, ...extraRoots]
  const user = own.map((path) => ({ path, scope: 'user' as const }))
  const all = [...roots, ...user, { path: join(layout.root, 'skills', '.system'), scope: 'system' as const }]
  // A home that is a folder of the project is the person's all the same.
  return all.filter(({ path, scope }) => scope !== 'repo' || !own.includes(path))
}

/** Every `SKILL.md` below a root, by path. A folder that is a skill is not looked into further. */
function skillFiles(root: string): readonly string[] {
  const files: string[] = []
  const seen = new Set<string>()

  function look(folder: string, depth: number): void {
    const real = realPathOf(folder)
    if (real === undefined || seen.has(real) || seen.size >= maxFolders) return
    seen.add(real)
    const file = realPathOf(join(real, 'SKILL.md'))
    if (file !== undefined) files.push(file)
    else if (depth < maxDepth) for (const name of foldersIn(real)) look(join(real, name), depth + 1)
  }

  look(root, 0)
  return files
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
    const isFolder = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true
    return entries
      .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(entry.name)))
      .map(({ name }) => name)
      .sort()
  } catch {
    return []
  }
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The last entry of `skills.config` that means a skill decides. */
function switchesOf(config: Readonly<Record<string, unknown>>): (path: string, name: string) => boolean {
  const entries = (config.skills as { readonly config?: unknown } | null | undefined)?.config
  const rules = Array.isArray(entries) ? (entries as { path?: unknown; name?: unknown; enabled?: unknown }[]) : []
  return (path, name) => {
    const rule = rules.findLast((one) => one.name === name || isPathOf(one.path, path))
    return rule?.enabled === false
  }
}

function isPathOf(said: unknown, path: string): boolean {
  if (typeof said !== 'string') return false
  return said === path || said === dirname(path) || realPathOf(said) === path
}
