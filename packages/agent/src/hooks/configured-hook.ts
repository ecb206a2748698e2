import type { HookEventFacts } from './hook-events.js'

/** A hook as a file or a configuration names it. */
export interface ConfiguredHook {
  /** The same for as long as the hook stays at its place: `<file>:<event>:<group>:<handler>`. */
  readonly key: string
  readonly facts: HookEventFacts
  readonly command: string
  /** It runs beside the work, and what it says does not count. */
  readonly isAsync: boolean
  readonly matcher: string | null
  readonly timeoutSec: number
  readonly statusMessage: string | null
  /** Tokens of context that are passed on whole; null: 2,500; 0: any number. */
  readonly additionalContextLimit: number | null
  /** The file that names it. */
  readonly sourcePath: string
  readonly source: 'system' | 'user' | 'project' | 'sessionFlags'
  readonly displayOrder: number
  readonly enabled: boolean
  /** What trust is given to: another one when the hook is changed. */
  readonly currentHash: string
  readonly trustStatus: 'untrusted' | 'trusted' | 'modified'
}

/** Hooks, and what is wrong with the files that name them. */
export interface FoundHooks {
  readonly hooks: readonly ConfiguredHook[]
  readonly warnings: readonly string[]
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}
