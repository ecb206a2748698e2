import type { ThreadProvenance } from '@gangway/home'
import type { RenderCheckpoint } from './checkpoint.js'

/** How much of one thing comes over. What is left out is counted in the report. */
export interface RenderLimits {
  /** UTF-16 units of one tool result; its head and tail are kept. */
  readonly maxToolOutputChars: number
  /** Bytes of one image, decoded. */
  readonly maxImageBytes: number
}

/** A result of 256 KiB is some 64,000 tokens: more than an agent gives its model in one piece. */
export const defaultRenderLimits: RenderLimits = { maxToolOutputChars: 256 * 1024, maxImageBytes: 20 * 1024 * 1024 }

/** What makes a session a thread, besides what the session says itself. */
export interface RenderOptions {
  readonly threadId: string
  /** Where the thread goes on when it is continued; default: the session's own folder. */
  readonly cwd?: string
  /** Program that writes, e.g. `gangway`. */
  readonly originator: string
  readonly cliVersion: string
  readonly provenance: ThreadProvenance
  readonly limits?: Partial<RenderLimits>
  /** The thread that a helper agent's log became or becomes; null when it does not come over. */
  readonly subagentThread?: (path: string) => string | null
  /** Set for a helper agent's thread: it is linked to that thread, and left out of plain lists. */
  readonly parent?: { readonly threadId: string; readonly role: string | null }
  /** Set for growth: what is already in the thread. Only what comes after it is rendered. */
  readonly after?: RenderCheckpoint
  /**
   * With `after`: whether the events start from the beginning of the session (`whole`, the default: the ones before are
   * checked against the digest and not rendered again) or right behind the checkpoint (`suffix`).
   */
  readonly events?: 'whole' | 'suffix'
}
