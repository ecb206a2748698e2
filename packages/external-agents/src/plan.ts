import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { homeLayout } from '@gangway/home'
import type { MigrationItemType } from '@gangway/protocol'
import type { Place } from './artifact.js'
import type { Fact, ImportProblem } from './fact.js'
import { loadYaml, yamlIsWanted } from './frontmatter.js'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import type { PlannedArtifact, PlanOptions, Target } from './kind.js'
import { type PlaceContext, resolvePlace } from './place.js'
import { PlannedFiles } from './planned-files.js'
import { problem, problemOf, warningOf } from './problems.js'
import { nameNotFound, refusedPlugins } from './problems-of-items.js'
import { kindOf, readerOf } from './registry.js'
import { selectedNames } from './selection.js'
import type { ReadResult } from './source.js'
import { SourceFilesOnDisk } from './source-files-disk.js'
import { SourceTextCache } from './source-text-cache.js'
import { targetOf } from './target.js'
import { TargetSide } from './target-view.js'
import type { ImportWarning, MigrationItem } from './wire.js'

/** Whose things, to which Codex home, and how. */
export interface PlanContext extends PlaceContext {
  /** Absolute path of the Codex home. */
  readonly codexHome: string
  readonly options: Omit<PlanOptions, 'words'>
  /** Texts already read; default: a new one. */
  readonly cache?: SourceTextCache
  /** Ends the planning between two items. */
  readonly signal?: AbortSignal
}

/**
 * What will become of each item, in order, every fact with its fate. Later items see what earlier ones will have done.
 * Reads the disk and writes nothing. Lets others run between items.
 */
export async function planImport(items: readonly MigrationItem[], context: PlanContext): Promise<ImportPlan> {
  const planner = new Planner(context)
  const planned: PlannedItem[] = []
  for (const item of items) {
    context.signal?.throwIfAborted()
    let result = planner.plan(item)
    if (yamlIsWanted()) {
      await loadYaml()
      result = planner.plan(item)
    }
    planner.accept(result)
    planned.push(result)
    await nextTurn()
  }
  return { items: planned, warnings: planner.warnings }
}

class Planner {
  readonly #side = new TargetSide({ planned: new PlannedFiles() })
  readonly #cache: SourceTextCache
  #files: SourceFilesOnDisk
  #found: readonly ImportWarning[] = []
  #journal: { readonly blocked: ImportProblem | undefined } | undefined
  readonly warnings: ImportWarning[] = []

  constructor(readonly context: PlanContext) {
    this.#cache = context.cache ?? new SourceTextCache()
    this.#files = new SourceFilesOnDisk(this.#cache)
  }

  /** May be called again for one item until it is accepted. */
  plan(item: MigrationItem): PlannedItem {
    this.#found = []
    const { itemType } = item
    const reader = readerOf(this.context.source, itemType)
    const kind = kindOf(itemType)
    // Conversations are too large to be planned: each is looked at when its turn comes.
    if (itemType === 'SESSIONS' && this.context.source.sessions) return without(item, {})
    const refused = itemType === 'PLUGINS' ? refusedPlugins(item) : undefined
    if (refused) return without(item, { problems: [refused] })
    if (!reader || !kind) return without(item, { problems: [notSupported(itemType, this.context.source.displayName)] })
    const place = resolvePlace(item.cwd, this.context)
    if (!place) return without(item, { problems: [notFound(itemType, item.cwd ?? '')] })

    const target = targetOf(place, this.context.codexHome)
    const read = this.#read(place, itemType)
    this.#found = read.warnings.map(warningOf)
    const facts = read.artifacts.flatMap((artifact) => artifact.facts)
    if (read.problem) return { ...without(item, { facts }), target, impossible: read.problem }
    try {
      const view = this.#side.viewFor(itemType)
      const options = { ...this.context.options, words: this.context.source.words }
      const planned = selected(item, target, facts, kind.plan(read.artifacts, target, view, options))
      const unrecorded = changesSomething(planned) ? this.#journalBlocked(itemType) : undefined
      return unrecorded ? { ...without(item, { facts }), target, impossible: unrecorded } : planned
    } catch (error) {
      return { ...without(item, { facts }), target, impossible: problemOf(itemType, error) }
    }
  }

  /** Later items see what `item` will have done. */
  accept(item: PlannedItem): void {
    this.warnings.push(...this.#found)
    for (const { outcome, itemType } of item.artifacts) {
      if (outcome.type === 'change' && !item.impossible) this.#side.plan(outcome.changes, itemType)
    }
  }

  /** Why no journal could be kept, without which nothing is written. Looks at the disk once. */
  #journalBlocked(itemType: MigrationItemType): ImportProblem | undefined {
    if (this.#journal === undefined) {
      const folder = join(homeLayout(this.context.codexHome).journalDir, 'import')
      this.#journal = { blocked: new TargetSide().viewFor(itemType).blockedBecause(folder) }
    }
    return this.#journal.blocked && { ...this.#journal.blocked, itemType }
  }

  #read(place: Place, itemType: MigrationItemType): ReadResult {
    const reader = readerOf(this.context.source, itemType)
    try {
      return reader!.read(place, this.#files, 'full')
    } catch (error) {
      return { artifacts: [], warnings: [], problem: problemOf(itemType, error) }
    }
  }
}

function selected(
  item: MigrationItem,
  target: Target,
  facts: readonly Fact[],
  planned: readonly PlannedArtifact[],
): PlannedItem {
  const wanted = selectedNames(item)
  const names = wanted && new Set(wanted)
  const chosen = (name: string | null) => !names || (name !== null && names.has(name))
  // What is skipped is never offered, so nobody can choose it: it is told whatever was chosen.
  const artifacts = planned
    .filter(({ name, outcome }) => chosen(name) || outcome.type === 'skipped')
    .map((artifact) => (names && chosen(artifact.name) ? asked(artifact) : artifact))
  const found = new Set(artifacts.map(({ name }) => name).filter(chosen))
  const missing = [...(names ?? [])].filter((name) => !found.has(name))
  return {
    item,
    target,
    artifacts,
    notSelected: planned.filter(({ name, outcome }) => !chosen(name) && outcome.type !== 'skipped'),
    facts,
    problems: missing.map((name) => nameNotFound(item.itemType, name)),
    ...impossibleAsAWhole(artifacts),
  }
}

/** Nothing is passed over in silence that somebody asked for by its name. */
function asked(artifact: PlannedArtifact): PlannedArtifact {
  const { outcome } = artifact
  if (outcome.type !== 'skipped' || !outcome.whenChosen) return artifact
  return { ...artifact, outcome: { type: 'failed', problem: outcome.whenChosen } }
}

function changesSomething({ artifacts, impossible }: PlannedItem): boolean {
  return !impossible && artifacts.some(({ outcome }) => outcome.type === 'change' || outcome.type === 'later')
}

/** Something without names of which nothing could be read cannot be done at all; a bad one among many is only itself. */
function impossibleAsAWhole(artifacts: readonly PlannedArtifact[]): { impossible?: ImportProblem } {
  const [first] = artifacts
  if (first?.name !== null || first.outcome.type !== 'failed') return {}
  return artifacts.every(({ outcome }) => outcome.type === 'failed') ? { impossible: first.outcome.problem } : {}
}

function without(item: MigrationItem, parts: Partial<Pick<PlannedItem, 'problems' | 'facts'>>): PlannedItem {
  return { item, target: undefined, artifacts: [], notSelected: [], facts: [], problems: [], ...parts }
}

function notSupported(itemType: MigrationItemType, displayName: string): ImportProblem {
  const stages: Partial<Record<MigrationItemType, string>> = {
    PLUGINS: 'plugin_import',
    MEMORY: 'memory_import',
    SESSIONS: 'session_import',
  }
  const found = problem(itemType, 'not_supported', `${itemType} of ${displayName} cannot be imported in this version`)
  return { ...found, failureStage: stages[itemType] ?? found.failureStage }
}

function notFound(itemType: MigrationItemType, cwd: string): ImportProblem {
  return problem(itemType, 'cwd_not_found', `${cwd}: no such folder`, cwd)
}
