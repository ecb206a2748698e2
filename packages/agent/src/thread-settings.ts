import type { ThreadSettings as WireSettings } from '@gangway/protocol'

/** What holds for the next turn of a thread: what the wire calls its settings, and what it does not show of them. */
export interface ThreadSettings extends WireSettings {
  /** Absolute folders that count as the project; the first is `cwd` where nothing else was said. */
  readonly workspaceRoots: readonly string[]
  /** Replaces the built-in first words to the model. */
  readonly baseInstructions: string | null
  readonly developerInstructions: string | null
}
