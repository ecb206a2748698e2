import type {
  ResponseItem,
  ServerNotifications,
  ServerRequests,
  ThreadBackgroundTerminal,
  ThreadItem,
} from '@gangway/protocol'
import type { ThreadHooks } from '../hooks/thread-hooks.js'
import type { MaybePromise, ThreadHost, ThreadNotification, ThreadQuestion } from '../thread-host.js'
import type { ThreadSettings } from '../thread-settings.js'

/** One entry of a model request's `tools`, as the Responses API spells it. */
export type ToolSpec = Readonly<Record<string, unknown>> & { readonly type: string }

/** A call that the model made. */
export interface ToolCall {
  readonly callId: string
  /** `custom` calls bring their input as it is, `function` and `search` (of `tool_search`) calls as JSON text. */
  readonly kind: 'function' | 'custom' | 'search'
  readonly name: string
  readonly namespace: string | null
  /** JSON text of the arguments, or the custom tool's input. Not checked. */
  readonly input: string
}

/** Content of a tool's output that is not plain text, as the Responses API spells it. */
export type OutputPart =
  | { readonly type: 'input_text'; readonly text: string }
  | { readonly type: 'input_image'; readonly image_url: string; readonly detail?: string }

/** What the model gets for a call. */
export interface ToolResult {
  readonly output: string | readonly OutputPart[]
  /** Specs that a `search` call found; they are its output. */
  readonly foundTools?: readonly ToolSpec[]
  /** False where the work failed: hooks that wait for the tool's end do not run then. */
  readonly success: boolean
  /** What hooks are told, where it is not the text of `output`. */
  readonly hookResponse?: unknown
}

/** Where a tool shows what it does. Times are put in here. */
export interface ItemSink {
  /** Sends `item/started`. Call it before anything of the item is sent. */
  started(item: ThreadItem): void
  /** Notes the item in the thread's file, then sends `item/completed`. */
  completed(item: ThreadItem): Promise<void>
}

/** One turn, as the tools that work in it see it. */
export interface ToolContext {
  readonly host: ThreadHost
  readonly threadId: string
  readonly turnId: string
  readonly settings: ThreadSettings
  /** Aborts when the turn is interrupted or the thread is closed. Work ends at once then, and children are killed. */
  readonly signal: AbortSignal
  readonly items: ItemSink
  /**
   * Asks the person, with the thread's status saying what it waits for.
   *
   * @param flag default `waitingOnApproval`; null: the status does not change
   * @throws RpcError, or the signal's reason; see `ThreadHost.ask`
   */
  ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequests[M]['params'],
    flag?: 'waitingOnApproval' | 'waitingOnUserInput' | null,
  ): Promise<ServerRequests[M]['result']>
  notify<M extends ThreadNotification>(method: M, params: ServerNotifications[M]): MaybePromise<void>
  /** Files that a patch changed: gathered into the turn's diff. Null: the file was, or is, not there. */
  fileChanged(path: string, before: string | null, after: string | null): void
  /** Hooks of the thread, for what a tool asks them before it asks a person. */
  readonly hooks?: ThreadHooks
  /** Ends the turn as interrupted once this call is done: the person said so to a question. */
  cancelTurn(): void
}

/** One tool that a model may call. */
export interface Tool {
  readonly name: string
  /** The group the model sees it in; null for those that stand alone. */
  readonly namespace: string | null
  /** What the model is told of it. Null: it is served when called, but not offered. */
  readonly spec: ToolSpec | null
  /** Whether it may run beside other calls of the same response. */
  readonly isParallel: boolean
  /** Runs one call. Bad input is a result for the model, never an exception; what is thrown is told to it too. */
  run(call: ToolCall, context: ToolContext): Promise<ToolResult>
}

/** A tool that the model finds by a search: it is served when called, and its `spec` is what a search gives. */
export interface DeferredTool extends Tool {
  readonly spec: ToolSpec
  /** What is said of the namespace as a whole; empty: nothing. */
  readonly namespaceDescription: string
}

/** A thread, as a family of tools that is opened for it sees it. */
export interface ToolThread {
  readonly host: ThreadHost
  readonly threadId: string
  /** The settings at this moment. */
  settings(): ThreadSettings
  /** Dotted keys that this thread was started with, over the configuration. */
  readonly configOverrides: Readonly<Record<string, unknown>>
  /** Tools that the client brings, as `thread/start` named them. */
  readonly dynamicTools: readonly unknown[]
}

/** Commands that go on after the call that started them. */
interface BackgroundTerminals {
  list(): readonly ThreadBackgroundTerminal[]
  /** Kills one, with all that it started. False when there is none of that id. */
  terminate(processId: string): Promise<boolean>
  /** Kills them all. */
  clean(): Promise<void>
}

/** The tools of one family, opened for one thread. */
export interface ToolSet {
  /** Tools that the model has to look for before it is told of them. Called before every turn. */
  deferred?(settings: ThreadSettings): MaybePromise<readonly DeferredTool[]>
  /** The tools offered in a turn with these settings. Called before every turn. */
  tools(settings: ThreadSettings): MaybePromise<readonly Tool[]>
  /** Items that go before the person's words, e.g. what a server says of its tools. */
  context?(settings: ThreadSettings): MaybePromise<readonly ResponseItem[]>
  /** Commands that outlived their calls; only the family that runs commands has them. */
  readonly terminals?: BackgroundTerminals
  /** Runs a command that the person typed, outside the sandbox, as an item of source `userShell`. Ends with the item. */
  runForPerson?(command: string, context: ToolContext): Promise<ToolResult>
  /** Ends what the family holds for the thread: processes, connections. Within a second or two. */
  close(): Promise<void>
}

/** A family of tools. `tools/families.ts` is the one list of them. */
export interface ToolFamily {
  readonly name: string
  open(thread: ToolThread): MaybePromise<ToolSet>
}
