import { randomUUID } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeLayout } from '@gangway/home'
import { applyChange, openJournal } from '@gangway/home/editing'
import type { Artifact, Place } from '../../src/artifact.js'
import type { FactFate } from '../../src/fact.js'
import { loadYaml } from '../../src/frontmatter.js'
import type { ConflictPolicy, Kind, PlannedArtifact, Target } from '../../src/kind.js'
import type { Reader, ReadResult } from '../../src/source.js'
import { SourceFilesOnDisk } from '../../src/source-files-disk.js'
import { SourceTextCache } from '../../src/source-text-cache.js'
import { CLAUDE_CODE_WORDS } from '../../src/sources/claude-code/words.js'
import { TargetSide } from '../../src/target-view.js'

await loadYaml()

/** One kind of thing of one place, to be looked at, planned and written. */
export interface Migration<A extends Artifact> {
  readonly place: Place
  readonly target: Target
  read(depth?: 'names' | 'full'): ReadResult<A>
  /** What detect would offer now. */
  offered(): readonly string[]
  plan(onConflict?: ConflictPolicy): readonly PlannedArtifact[]
  /** Plans and writes; gives the plan. */
  migrate(onConflict?: ConflictPolicy): Promise<readonly PlannedArtifact[]>
}

/** The migration of `root`, which holds `.claude` and, for a home, gets `.codex` and `.agents`. */
export function migration<A extends Artifact>(
  reader: Reader<A>,
  kind: Kind<A>,
  root: string,
  as: Place['kind'] = 'home',
): Migration<A> {
  const configDir = join(root, '.claude')
  const place: Place = {
    kind: as,
    cwd: as === 'home' ? null : root,
    root,
    configDir,
    userHome: root,
    userConfigDir: configDir,
  }
  const codexHome = join(root, '.codex')
  const target: Target = {
    codexHome,
    configDir: codexHome,
    configToml: join(codexHome, 'config.toml'),
    hooksJson: join(codexHome, 'hooks.json'),
    hooksDir: join(codexHome, 'hooks'),
    skillsDir: join(root, '.agents', 'skills'),
    agentsDir: join(codexHome, 'agents'),
    agentsMd: as === 'home' ? join(codexHome, 'AGENTS.md') : join(root, 'AGENTS.md'),
    rulesDir: join(codexHome, 'rules'),
    place,
  }
  const words = CLAUDE_CODE_WORDS
  const view = () => new TargetSide().viewFor(kind.itemType)
  const read = (depth: 'names' | 'full' = 'full') =>
    reader.read(place, new SourceFilesOnDisk(new SourceTextCache()), depth)
  const plan = (onConflict: ConflictPolicy = 'default') =>
    kind.plan(read().artifacts, target, view(), { onConflict, copySecrets: false, words })
  return {
    place,
    target,
    read,
    plan,
    offered: () => kind.offer(read('names').artifacts, target, view(), words),
    async migrate(onConflict) {
      const planned = plan(onConflict)
      const changes = [...new Set(planned.flatMap(({ outcome }) => (outcome.type === 'change' ? outcome.changes : [])))]
      if (changes.length === 0) return planned
      const layout = homeLayout(codexHome)
      const journal = openJournal(layout, randomUUID())
      const steps = journal.begin(changes)
      for (const [index, change] of changes.entries()) {
        await applyChange(change, { roots: [root], locksDir: layout.locksDir, step: steps[index]! })
      }
      journal.finish()
      return planned
    },
  }
}

/** Every file below a folder with its text, links with where they lead, empty folders as null; `.claude` and the journal left out. */
export function treeOf(root: string, folder = ''): { [path: string]: string | null } {
  const tree: { [path: string]: string | null } = {}
  const names = readdirSync(join(root, folder)).filter((name) => name !== '.claude' && name !== 'gangway')
  if (names.length === 0 && folder !== '') tree[`${folder}/`] = null
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`
    const stats = lstatSync(join(root, path))
    if (stats.isDirectory()) Object.assign(tree, treeOf(root, path))
    else if (stats.isSymbolicLink()) tree[path] = `-> ${readlinkSync(join(root, path))}`
    else tree[path] = readFileSync(join(root, path), 'utf8')
  }
  return tree
}

/** Outcomes by target name: `change`, `nothing`, `skipped:<code>` or `failed:<sub error type>`. */
export function outcomes(planned: readonly PlannedArtifact[]): { [name: string]: string } {
  return Object.fromEntries(planned.map((artifact) => [artifact.name ?? artifact.sourcePath, outcomeOf(artifact)]))
}

export function outcomeOf({ outcome }: PlannedArtifact): string {
  if (outcome.type === 'skipped') return `skipped:${outcome.reason.code}`
  return outcome.type === 'failed' ? `failed:${outcome.problem.subErrorType}` : outcome.type
}

/** Fates as `fate` or `fate:reason`, by the end of the fact's id: file name and pointer. */
export function fates(planned: readonly PlannedArtifact[]): { [fact: string]: string } {
  return Object.fromEntries(planned.flatMap((artifact) => artifact.fates.map((fate) => [nameOf(fate), fateOf(fate)])))
}

function nameOf({ fact }: FactFate): string {
  const file = fact.file.slice(dirname(dirname(fact.file)).length + 1)
  return fact.pointer === '' ? file : `${file}#${fact.pointer}`
}

function fateOf(fate: FactFate): string {
  return fate.reason ? `${fate.fate}:${fate.reason.code}` : fate.fate
}
