import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Change, HomeLayout } from '@gangway/home'
import {
  applyChange,
  continueJournal,
  type Journal,
  type JournalStep,
  openJournal,
  type TargetRoot,
} from '@gangway/home/editing'
import type { MigrationItemType } from '@gangway/protocol'
import { stepResult } from './accounting.js'
import type { ImportProblem } from './fact.js'
import { withoutRefused } from './feasible.js'
import type { ImportPlan } from './import-plan.js'
import type { PlannedArtifact } from './kind.js'
import { problem, problemOf } from './problems.js'
import { writableRoots } from './target.js'
import { verifyWritten } from './verify-written.js'
import type { StepResult } from './wire.js'
import { type ItemWork, reduced, unitsOf, type WorkUnit, workOf } from './work.js'

/** How long to work before others get a turn. A request that comes meanwhile should not wait for longer. */
const SLICE_MS = 8

export interface ApplyPlanOptions {
  readonly layout: HomeLayout
  /** Names the journal by which it can be undone. */
  readonly importId: string
  /** Goes on with the journal of an import that has made other changes. Default: begins one. */
  readonly goesOn?: boolean
  /** Stops between two changes: what is not yet written fails with `cancelled`, what is written stays and is reported. */
  readonly signal?: AbortSignal
  /** Called once for each item of the request, in order, when it is done. */
  readonly onStep?: (step: StepResult) => void
  /** Is given the work on each item, to do it at once and give what it gives: for who measures it. Default: just does it. */
  readonly around?: AroundItem
}

/** Does `work`, which is for one item of an import, and gives what it gives. */
export type AroundItem = <T>(item: { readonly itemType: MigrationItemType }, work: () => Promise<T>) => Promise<T>

const justDo: AroundItem = (_, work) => work()

/**
 * Makes the changes of a plan, one at a time, each recorded before it is made and read back after. A change that fails
 * fails the artifacts that need it and nothing else. Writes to disk; never throws for one change.
 */
export async function applyPlan(plan: ImportPlan, options: ApplyPlanOptions): Promise<readonly StepResult[]> {
  const work = workOf(plan)
  const run = new Run(options)
  const steps: StepResult[] = []
  const around = options.around ?? justDo
  try {
    run.begin(unitsOf(work))
    for (const itemWork of work) {
      await around(itemWork.item.item, () => run.perform(itemWork))
      const step = stepResult(itemWork.item, run.failedOf(itemWork))
      steps.push(step)
      options.onStep?.(step)
      await run.letOthersRun()
    }
  } finally {
    run.finish()
  }
  return steps
}

class Run {
  readonly #failed = new Map<WorkUnit, ImportProblem>()
  readonly #begun = new Map<WorkUnit, { readonly change: Change; readonly step: JournalStep }>()
  /** What cannot be made over what is there now. */
  #refused: ReadonlyMap<PlannedArtifact, ImportProblem> = new Map()
  #journal: Journal | undefined
  #sliceStarted = performance.now()

  constructor(readonly options: ApplyPlanOptions) {}

  /** Records everything, before anything is made. */
  begin(units: readonly WorkUnit[]): void {
    if (units.length === 0) return
    const { layout, importId, goesOn } = this.options
    const journal = goesOn ? continueJournal(layout, importId) : openJournal(layout, importId)
    this.#journal = journal
    const { changes, result: steps, refused } = withoutRefused(units, (left) => journal.begin(left))
    this.#refused = refused
    for (const [index, [unit, change]] of [...changes].entries()) {
      const step = steps?.[index]
      if (step) this.#begun.set(unit, { change, step })
    }
  }

  finish(): void {
    this.#journal?.finish()
  }

  async perform(work: ItemWork): Promise<void> {
    const roots = work.item.target ? writableRoots(work.item.target) : []
    for (const unit of work.units) {
      await this.letOthersRun()
      await this.#make(unit, work, roots)
    }
  }

  /** What went wrong while writing, by artifact of one item. */
  failedOf({ needs }: ItemWork): ReadonlyMap<PlannedArtifact, ImportProblem> {
    const failed = new Map<PlannedArtifact, ImportProblem>()
    if (this.#failed.size === 0 && this.#refused.size === 0) return failed
    for (const [artifact, units] of needs) {
      const guilty = units.find((unit) => this.#failed.has(unit))
      const reason = this.#refused.get(artifact) ?? (guilty && this.#failed.get(guilty))
      if (reason) failed.set(artifact, { ...reason, itemType: artifact.itemType })
    }
    return failed
  }

  async letOthersRun(): Promise<void> {
    if (performance.now() - this.#sliceStarted < SLICE_MS) return
    await nextTurn()
    this.#sliceStarted = performance.now()
  }

  async #make(unit: WorkUnit, work: ItemWork, roots: readonly TargetRoot[]): Promise<void> {
    const begun = this.#begun.get(unit)
    if (!begun) return
    const itemType = unit.owners[0]!.artifact.itemType
    const failed = this.failedOf(work)
    const change = failed.size === 0 ? begun.change : reduced(unit, (artifact) => !failed.has(artifact))
    if (!change) return
    const { signal, layout } = this.options
    if (signal?.aborted) {
      this.#failed.set(unit, cancelled(itemType, unit))
      return
    }
    try {
      const options = { roots, locksDir: layout.locksDir, step: begun.step }
      await applyChange(change, signal ? { ...options, signal } : options)
      verifyWritten(change)
    } catch (error) {
      this.#failed.set(unit, signal?.aborted ? cancelled(itemType, unit) : problemOf(itemType, error))
    }
  }
}

function cancelled(itemType: MigrationItemType, { change }: WorkUnit): ImportProblem {
  return problem(itemType, 'cancelled', `the import was stopped before ${change.path} was written`, change.path)
}
