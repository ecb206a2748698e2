import type {
  CollaborationMode,
  ResponseItem,
  ReviewTarget,
  ThreadBackgroundTerminal,
  ThreadStatus,
  ThreadTokenUsage,
  Turn,
  UserInput,
} from '@gangway/protocol'
import type { ThreadHost } from './thread-host.js'
import type { ThreadSettings } from './thread-settings.js'

/** What `turn/start` says beside the words. Settings that come with it hold for later turns too. */
export interface TurnRequest {
  readonly input: readonly UserInput[]
  readonly clientUserMessageId: string | null
  /** JSON Schema of the answer, or null. */
  readonly outputSchema: unknown
  readonly additionalContext?: unknown
}

/** How a thread is begun. */
export interface StartThreadOptions {
  readonly host: ThreadHost
  /** A UUID of version 7. */
  readonly threadId: string
  readonly settings: ThreadSettings
  readonly configOverrides: Readonly<Record<string, unknown>>
  readonly dynamicTools: readonly unknown[]
  /** Never on disk. */
  readonly isEphemeral: boolean
  /** As `session_meta` spells it, e.g. `cli`, `vscode`, `exec`. */
  readonly source: string
  readonly threadSource: string | null
  /** Name of the client. */
  readonly originator: string
  /** The thread whose history this one begins with; its lines are copied. */
  readonly forkedFromId: string | null
  /** Raw items of the model's history to begin with: those of a fork, or what the client brought. */
  readonly history?: readonly ResponseItem[]
  /** Turns to show of it, with the ids of the origin. */
  readonly turns?: readonly Turn[]
}

/** How a thread that is on disk is taken up again. Its file is read from the start, once. */
export interface ResumeThreadOptions
  extends Pick<StartThreadOptions, 'host' | 'threadId' | 'configOverrides' | 'dynamicTools' | 'originator'> {
  /** The rollout; archived ones are refused before. */
  readonly path: string
  /** Overrides what the file says was set last. */
  readonly settings: Partial<ThreadSettings>
  /** What holds where neither the file nor `settings` says. */
  readonly defaults: ThreadSettings
  /** Puts in what the file only names, such as the rules of a permission profile. */
  readonly complete?: (settings: ThreadSettings) => ThreadSettings
}

/** A loaded thread: one conversation that can go on. Everything that it does is told through its host. */
export interface AgentThread {
  readonly threadId: string
  /** The rollout's path; null while nothing is on disk, and for ephemeral threads. */
  readonly path: string | null
  /** Where the rollout is, or will be once there is something to write; null for ephemeral threads. */
  readonly plannedPath: string | null
  readonly isEphemeral: boolean
  readonly settings: ThreadSettings
  readonly status: ThreadStatus
  /** The turn under way, with the items that it has so far. */
  readonly activeTurn: Turn | null
  readonly tokenUsage: ThreadTokenUsage | null
  /** First words of the person; empty before. */
  readonly preview: string
  /** Absolute paths of the AGENTS.md files that the model is told. */
  readonly instructionSources: readonly string[]
  /** Turns of this thread as far as they are known in memory: all of an ephemeral one, those since loading else. */
  readonly turns: readonly Turn[]

  /** Changes what holds for later turns. @returns whether anything changed; telling clients is the caller's */
  updateSettings(change: Partial<ThreadSettings>): boolean
  /**
   * Begins a turn, or, while one is under way, steers it: the turn under way is returned then.
   *
   * The turn starts after this returns, so that its answer goes out before its events.
   *
   * @throws RpcError where it is known beforehand that the model cannot be asked: no key, unknown provider
   */
  startTurn(request: TurnRequest): Promise<Turn>
  /** @returns the id of the turn that was steered. @throws RpcError `no active turn to steer`, or another turn is active */
  steer(expectedTurnId: string, input: readonly UserInput[], clientUserMessageId: string | null): string
  /** From now on the turn takes no words: those that come begin the next one. @throws RpcError as {@link interrupt} */
  willInterrupt(turnId: string): void
  /** Resolves when the turn's end was told. @throws RpcError `no active turn to interrupt`, or another turn is active */
  interrupt(turnId: string): Promise<void>
  /** A turn that only compacts. */
  compact(): Promise<Turn>
  /** A turn that only runs what the person typed; beside an active turn it runs in that one. */
  shellCommand(command: string): Promise<Turn>
  /** A turn that reviews. */
  review(target: ReviewTarget): Promise<Turn>
  /** Adds to the model's history, and to the file. */
  injectItems(items: readonly ResponseItem[]): Promise<void>
  backgroundTerminals(): readonly ThreadBackgroundTerminal[]
  terminateTerminal(processId: string): Promise<boolean>
  cleanTerminals(): Promise<void>
  /** The kind of work that the agent and the person are in. */
  readonly collaborationMode: CollaborationMode
  /** Ends the turn under way as interrupted, ends children, closes the file. Idempotent; within `graceMs`. */
  close(graceMs: number): Promise<void>
}
