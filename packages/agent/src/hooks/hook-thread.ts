import type { ThreadHost } from '../thread-host.js'
import type { ThreadSettings } from '../thread-settings.js'

/** A thread, as its hooks see it. */
export interface HookThread {
  readonly host: ThreadHost
  readonly threadId: string
  /** The rollout's path; null for ephemeral threads. */
  readonly path: string | null
  readonly settings: ThreadSettings
  /** Dotted keys over the configuration. */
  readonly configOverrides: Readonly<Record<string, unknown>>
}
