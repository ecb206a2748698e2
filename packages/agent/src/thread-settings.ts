import type { ThreadSettings as WireSettings } from '@gangway/protocol'

/** What holds for the next turn of a thread: what the wire calls its settings, and what it does not show of them. */
export interface ThreadSettings extends WireSettings {
  /** Absolute folders that count as the project; the first is `cwd` where nothing else was said. */
  readonly workspaceRoots: readonly string[]
  /** Replaces the built-in first words to the model. */
  readonly baseInstructions: string | null
  readonly developerInstructions: string | null
  /** What a permission profile of the configuration's own says; it counts instead of `sandboxPolicy`. Null or absent: none does. */
  readonly profileRules?: ProfileRules | null
}

/** The rules of a permission profile, those that it extends first: a later, or a narrower, one counts. */
export interface ProfileRules {
  readonly entries: readonly ProfileEntry[]
  readonly network: boolean
}

/** What may be done below a path. It is absolute, begins with `~/`, or with a place such as `:workspace_roots`. */
export interface ProfileEntry {
  readonly path: string
  readonly access: 'write' | 'read' | 'none'
}
