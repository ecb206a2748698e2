/** What is told to a hook of each event, beside what the thread knows of itself. */
export interface HookPayloads {
  SessionStart: { readonly turnId: string; readonly source: 'startup' | 'resume' | 'clear' | 'compact' | 'fork' }
  SessionEnd: { readonly reason: 'other' }
  UserPromptSubmit: { readonly turnId: string; readonly prompt: string }
  PreToolUse: {
    readonly turnId: string
    /** `Bash` for commands, `mcp__<server>__<tool>`, else the tool's own name: see `hookedCall`. */
    readonly toolName: string
    readonly toolUseId: string
    readonly toolInput: unknown
  }
  PermissionRequest: HookPayloads['PreToolUse']
  PostToolUse: HookPayloads['PreToolUse'] & { readonly toolResponse: unknown }
  PreCompact: { readonly turnId: string; readonly trigger: 'manual' | 'auto' }
  PostCompact: { readonly turnId: string; readonly trigger: 'manual' | 'auto' }
  Stop: { readonly turnId: string; readonly stopHookActive: boolean; readonly lastAssistantMessage: string | null }
  Interrupt: { readonly turnId: string }
}

/** What a hook waits for, as files of hooks spell it. */
export type HookEvent = keyof HookPayloads & string

/** What all hooks of one event say together. */
export interface HookVerdict {
  /** Why it must not go on: the prompt is refused, the tool not run, the turn not ended. Null: go on. */
  readonly blocked: string | null
  /** The turn ends here, with this reason: a hook said `continue: false`. Null: go on. */
  readonly stopped: string | null
  /** Words for the model, in the order of the hooks. */
  readonly context: readonly string[]
  /** What PreToolUse wants the tool to be given instead; undefined: what the model said. */
  readonly updatedInput?: unknown
  /** Runs of hooks that blocked, with their reasons. */
  readonly feedback: readonly { readonly text: string; readonly hookRunId: string }[]
  /** The answer of PermissionRequest hooks: `deny` wins over `allow`; null: ask the person. */
  readonly permission: 'allow' | 'deny' | null
}

/**
 * The hooks of one thread: commands of the person that run at set moments. `openThreadHooks(thread)` gives them.
 *
 * Where the engine calls `run`:
 * - `SessionStart` once, before the first turn's words are put into the history; context goes before those words
 * - `UserPromptSubmit` before the words of `turn/start` and `turn/steer` are put into the history: `blocked` leaves them
 *   out and ends the turn, `context` goes behind them as a developer message
 * - `PreToolUse` before a tool runs: `blocked` is the tool's output; `updatedInput` replaces its input
 * - `PermissionRequest` before a person is asked for approval
 * - `PostToolUse` after a tool ran well: `blocked` replaces the output that the model sees, `context` goes behind it
 * - `PreCompact` and `PostCompact` around a compaction: `stopped` before it ends the turn
 * - `Stop` when the model has no more calls: `blocked` goes to the model as a user message and the turn goes on, with
 *   `stopHookActive` true at the next Stop
 * - `Interrupt` when the turn was interrupted, `SessionEnd` when the thread is closed
 * - `stopped` of any other event ends the turn as completed
 */
export interface ThreadHooks {
  /**
   * Runs the trusted hooks of `event` that fit, all at once, and tells clients of each.
   *
   * Never throws for a hook that fails: that is told to clients, and the verdict is as if it were not there.
   *
   * @throws the signal's reason; children are killed then
   */
  run<E extends HookEvent>(event: E, payload: HookPayloads[E], signal: AbortSignal): Promise<HookVerdict>
}

/** A verdict that changes nothing. */
export const noVerdict: HookVerdict = { blocked: null, stopped: null, context: [], feedback: [], permission: null }
