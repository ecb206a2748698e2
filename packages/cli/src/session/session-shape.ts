import type { ClientEvent } from '@gangway/client'
import type {
  AskForApproval,
  ReasoningEffort,
  RequestId,
  SandboxPolicy,
  ServerRequests,
  ThreadItem,
  ThreadStatus,
  ThreadTokenUsage,
  Turn,
  TurnError,
  TurnPlanUpdatedNotification,
} from '@gangway/protocol'

/** What is known of the thread that a surface shows. Paths are of the server's machine. */
export interface ThreadFacts {
  readonly id: string
  /** The same for all threads of one tree. */
  readonly sessionId: string
  readonly name: string | null
  readonly model: string
  readonly modelProvider: string
  readonly cwd: string
  /** Folders that count as the workspace, `cwd` among them; empty where the server does not tell. */
  readonly workspaceRoots: readonly string[]
  readonly approvalPolicy: AskForApproval
  readonly sandbox: SandboxPolicy
  readonly reasoningEffort: ReasoningEffort | null
  /** `detailed`, `concise`, …; null until the server has told it. */
  readonly reasoningSummary: string | null
  /** `plan` or `default`; null until the server has told it. */
  readonly mode: string | null
  /** The file on disk; null for an ephemeral thread, or where the server does not tell. */
  readonly path: string | null
  readonly instructionSources: readonly string[]
}

/** One item of the conversation, in the order in which they began. */
export interface SessionItem {
  readonly turnId: string
  /** While it runs: as it was at its start. What has come since is in `SessionState.live`. */
  readonly item: ThreadItem
  /**
   * `running` until `item/completed`; `left` when its turn ended before it did. What is `left` keeps its live words, and
   * can still complete: a process may outlive its turn.
   */
  readonly stage: 'running' | 'done' | 'left'
}

/** What has come of an item since its start, and is replaced by the completed item. */
export interface LiveItem {
  /** Words of an answer or a plan, output of a command. */
  readonly text: string
  /** Reasoning, by part. */
  readonly summary: readonly string[]
  /** Raw reasoning, by part. */
  readonly content: readonly string[]
  /** What a tool last said of its progress. */
  readonly progress: string | null
  /** Something was dropped on the way to a slow reader: only the completed item is whole. */
  readonly hasGap: boolean
}

/** A turn that runs. */
interface ActiveTurn {
  readonly id: string
  /** Milliseconds since 1970; null where the server does not tell. */
  readonly startedAtMs: number | null
}

/** How the last turn ended. */
export interface EndedTurn {
  readonly id: string
  readonly status: Turn['status']
  readonly error: TurnError | null
  readonly durationMs: number | null
}

/** A request of the server that waits for the person. Answered by its id. */
export type Question = {
  readonly [M in QuestionMethod]: {
    readonly id: RequestId
    readonly method: M
    readonly params: ServerRequests[M]['params']
  }
}[QuestionMethod]

/** The requests of the server that are questions to a person; every other is a program's to answer. */
export const questionMethods = [
  'item/commandExecution/requestApproval',
  'item/fileChange/requestApproval',
  'item/permissions/requestApproval',
  'item/tool/requestUserInput',
  'mcpServer/elicitation/request',
] as const

type QuestionMethod = (typeof questionMethods)[number]

/** Something that is to be said once, beside the conversation. */
export interface Notice {
  /** Counts up from 1, over the whole session: what was shown before can be told by it. */
  readonly number: number
  /** `retry`: a failure that the turn goes on after. `error`: one that it does not. `mcp`: an MCP server did not start. */
  readonly kind: 'warning' | 'error' | 'retry' | 'mcp' | 'info'
  readonly message: string
  /** Null: about no turn. */
  readonly turnId: string | null
}

/** A step of a plan. */
type PlanStep = TurnPlanUpdatedNotification['plan'][number]

/** What a surface shows of one thread. Never changed: every event gives a new one that shares what stayed. */
export interface SessionState {
  /** Undefined until the thread is open. */
  readonly thread: ThreadFacts | undefined
  readonly status: ThreadStatus
  readonly items: readonly SessionItem[]
  /** By item id; only of items that are not done. */
  readonly live: ReadonlyMap<string, LiveItem>
  readonly turn: ActiveTurn | undefined
  readonly lastTurn: EndedTurn | undefined
  /** Of the turn that runs, or ran last. */
  readonly plan: { readonly explanation: string | null; readonly steps: readonly PlanStep[] } | undefined
  /** Unified diff of all that the turn has changed; empty when nothing. */
  readonly diff: string
  readonly usage: ThreadTokenUsage | undefined
  /** In the order in which they came. */
  readonly questions: readonly Question[]
  /** The newest `maxNotices`. */
  readonly notices: readonly Notice[]
  /** Events that were dropped on the way to this reader. */
  readonly skipped: number
  /** Why the connection is over; undefined while it holds. */
  readonly disconnected: string | undefined
  /** Events about threads that came before it was known which thread this is; at most `maxHeld`. */
  readonly held: readonly ClientEvent[]
}

/** The state before anything has happened. */
export const emptySession: SessionState = {
  thread: undefined,
  status: { type: 'notLoaded' },
  items: [],
  live: new Map(),
  turn: undefined,
  lastTurn: undefined,
  plan: undefined,
  diff: '',
  usage: undefined,
  questions: [],
  notices: [],
  skipped: 0,
  disconnected: undefined,
  held: [],
}
