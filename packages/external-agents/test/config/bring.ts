import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyChange } from '@gangway/home/editing'
import type { Artifact, Place } from '../../src/artifact.js'
import type { FactFate } from '../../src/fact.js'
import type { ConflictPolicy, Kind, PlannedArtifact, Target } from '../../src/kind.js'
import type { Reader, ReadResult } from '../../src/source.js'
import { SourceFilesOnDisk } from '../../src/source-files-disk.js'
import { SourceTextCache } from '../../src/source-text-cache.js'
import { CLAUDE_CODE_WORDS } from '../../src/sources/claude-code/words.js'
import { targetOf } from '../../src/target.js'
import { TargetSide } from '../../src/target-view.js'

export interface Choice {
  readonly onConflict?: ConflictPolicy
  readonly copySecrets?: boolean
}

/** One kind of thing on its way from a place below a test's folder: `home` beside `home/.codex`, or `repo`. */
export interface Journey<A extends Artifact> {
  readonly place: Place
  readonly target: Target
  read(depth?: 'names' | 'full'): ReadResult<A>
  offered(): readonly string[]
  plan(choice?: Choice): readonly PlannedArtifact[]
  /** Plans and writes. */
  bring(choice?: Choice): Promise<readonly PlannedArtifact[]>
}

export function journey<A extends Artifact>(
  reader: Reader<A>,
  kind: Kind<A>,
  root: string,
  from: 'home' | 'repo' = 'home',
  configDir?: string,
): Journey<A> {
  const userHome = join(root, 'home')
  const userConfigDir = configDir ?? join(userHome, '.claude')
  const user = { userHome, userConfigDir }
  const repo = join(root, 'repo')
  const place: Place =
    from === 'home'
      ? { kind: 'home', cwd: null, root: userHome, configDir: userConfigDir, ...user }
      : { kind: 'repo', cwd: repo, root: repo, configDir: join(repo, '.claude'), ...user }
  const target = targetOf(place, join(userHome, '.codex'))
  const words = CLAUDE_CODE_WORDS
  const read = (depth: 'names' | 'full' = 'full') =>
    reader.read(place, new SourceFilesOnDisk(new SourceTextCache()), depth)
  const view = () => new TargetSide().viewFor(kind.itemType)
  const plan = ({ onConflict = 'default', copySecrets = false }: Choice = {}) =>
    kind.plan(read().artifacts, target, view(), { onConflict, copySecrets, words })
  return {
    place,
    target,
    read,
    plan,
    offered: () => kind.offer(read('names').artifacts, target, view(), words),
    async bring(choice) {
      const planned = plan(choice)
      const changes = planned.flatMap(({ outcome }) => (outcome.type === 'change' ? outcome.changes : []))
      const once = [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()]
      for (const change of once) await applyChange(change, { roots: [root], locksDir: join(root, 'locks') })
      return planned
    },
  }
}

/** Every file below a folder, with its text. */
export function textsBelow(folder: string, prefix = ''): { [path: string]: string } {
  const texts: { [path: string]: string } = {}
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (lstatSync(path).isDirectory()) Object.assign(texts, textsBelow(path, `${prefix}${name}/`))
    else texts[`${prefix}${name}`] = readFileSync(path, 'utf8')
  }
  return texts
}

/** Fates as `fate` or `fate:reason`, by pointer; `''` when there is none. Throws when a fact has no fate or two. */
export function account(planned: readonly PlannedArtifact[], result: ReadResult): { [pointer: string]: string } {
  const fates = planned.flatMap((artifact) => artifact.fates)
  const facts = result.artifacts.flatMap((artifact) => artifact.facts)
  const given = fates.map(({ fact }) => fact.id).sort()
  if (JSON.stringify(given) !== JSON.stringify(facts.map(({ id }) => id).sort()))
    throw new Error('facts in are not fates out')
  if (new Set(given).size !== given.length) throw new Error('a fact is stated twice')
  return Object.fromEntries(fates.map((fate) => [labelOf(fate), told(fate)]))
}

function labelOf({ fact }: FactFate): string {
  const file = fact.file.split('/').at(-1)!
  return fact.pointer === '' ? file : `${file}#${fact.pointer}`
}

function told(fate: FactFate): string {
  return fate.reason ? `${fate.fate}:${fate.reason.code}` : fate.fate
}

/** Outcomes by name. */
export function outcomes(planned: readonly PlannedArtifact[]): { [name: string]: string } {
  return Object.fromEntries(
    planned.map(({ name, outcome }) => {
      const detail =
        outcome.type === 'skipped'
          ? `:${outcome.reason.code}`
          : outcome.type === 'failed'
            ? `:${outcome.problem.subErrorType}`
            : ''
      return [name ?? '', `${outcome.type}${detail}`]
    }),
  )
}
