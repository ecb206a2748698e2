import type { KeptPath } from './report.js'
import type { UndoStep } from './undo-record.js'

/** A content that a reversal needs: in memory, or in a file that holds it. */
export type PlannedContent = Uint8Array | { readonly copyOf: string }

/** What a reversal will do. */
export interface ReversalPlan {
  readonly steps: readonly UndoStep[]
  /** By digest. */
  readonly contents: ReadonlyMap<string, PlannedContent>
  readonly merged: readonly string[]
  readonly kept: readonly KeptPath[]
}

/** A plan while it is being made. */
export interface OpenPlan {
  readonly steps: UndoStep[]
  readonly contents: Map<string, PlannedContent>
  readonly merged: string[]
  readonly kept: KeptPath[]
}
