import type { Fact, ImportProblem } from './fact.js'
import type { PlannedArtifact, Target } from './kind.js'
import type { ImportWarning, MigrationItem } from './wire.js'

/** What will become of one item of the request. */
export interface PlannedItem {
  readonly item: MigrationItem
  /** Undefined when there is no such place. */
  readonly target: Target | undefined
  /** The selected ones, in the order in which they are done. */
  readonly artifacts: readonly PlannedArtifact[]
  /** Those that were found and not selected. */
  readonly notSelected: readonly PlannedArtifact[]
  /** Every fact that was read for this item, selected or not. */
  readonly facts: readonly Fact[]
  /** Failures of this item that belong to no artifact, such as a name that is not there. */
  readonly problems: readonly ImportProblem[]
  /** Set when the item cannot be done at all. */
  readonly impossible?: ImportProblem
}

/** Everything an import will do, before anything is written. */
export interface ImportPlan {
  /** One for each item of the request, in its order. */
  readonly items: readonly PlannedItem[]
  readonly warnings: readonly ImportWarning[]
}
