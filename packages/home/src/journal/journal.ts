import type { Change } from '../changes/change.js'
import type { JournalStep } from '../changes/step.js'
import type { HomeLayout } from '../layout.js'

/** The record of one import: what is needed to reverse each of its changes, on disk before any of them is made. */
export interface Journal {
  readonly importId: string
  /** Absolute path of `gangway/journal/<importId>`. */
  readonly folder: string
  /**
   * Records, durably (one fsync), how to reverse `changes`. Nothing else is written yet. Call once.
   *
   * @returns one step for each change, to hand to `applyChange`
   * @throws ChangeConflict when a change cannot be made over what is there now; errors of the editors
   */
  begin(changes: readonly Change[]): readonly JournalStep[]
  /** Says that no further change will be made, and closes the file. Call it in `finally`; a second call does nothing. */
  finish(): void
}

/** Makes the journal of one import. Makes its folder on disk. @throws HomeError `JOURNAL` when `importId` is no plain name or has a journal already. */
export function openJournal(layout: HomeLayout, importId: string): Journal {
  throw new Error(`not built: ${layout.root} ${importId}`)
}
