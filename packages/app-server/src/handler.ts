import type { ConfigFiles } from '@gangway/home/editing'
import type { HomeLayout } from '@gangway/home/layout'
import type { ClientMethod, ClientRequests, ServerNotifications } from '@gangway/protocol'
import type { Log } from './log.js'
import type { Askable, ServerRequests } from './server-requests.js'
import type { TextAnswer } from './text-answer.js'

/** A value, or a promise of it. Handlers that need not wait answer without a promise. */
export type MaybePromise<T> = T | Promise<T>

/** Any notification that the server may send. */
export type ServerNotificationMethod = keyof ServerNotifications & string

/** What the `initialize` of a client said. */
export interface ClientIdentity {
  readonly name: string
  readonly version: string
  readonly experimentalApi: boolean
  /** Exact names of the notifications that this client does not want. */
  readonly optOutNotifications: ReadonlySet<string>
  /** It also wants the `codex/event/*` notifications of the first protocol. */
  readonly legacyNotifications: boolean
}

/** The server that handlers work for: where it lives, and how to tell its clients something. */
export interface ServerContext {
  readonly layout: HomeLayout
  readonly env: { readonly [name: string]: string | undefined }
  /** Absolute. */
  readonly cwd: string
  readonly version: string
  /** Dotted keys over the files' configuration. */
  readonly configOverrides: { readonly [dottedKey: string]: unknown }
  /** Which of the person's configuration files count, and how strictly. */
  readonly configFiles: ConfigFiles
  /** Tells every client that has introduced itself. The promise, if there is one, waits for room for a lossless event. */
  broadcast<M extends ServerNotificationMethod>(method: M, params: ServerNotifications[M]): MaybePromise<void>
  /** Makes closing wait for `work`. Its failure is logged as that of `what`. */
  track(what: string, work: Promise<unknown>): void
  /** What clients are asked, such as approvals. */
  readonly serverRequests: ServerRequests
  /** For what no client can be told. */
  readonly log: Log
  /** Logs a failure that nobody waits for. */
  report(what: string, error: unknown): void
  /** Registers what is to be ended when the server closes, with the milliseconds that are left. Must not throw. */
  onClose(end: (graceMs: number) => Promise<void>): void
}

/** The connection that a request came over, as handlers see it. */
export interface RequestContext extends Askable {
  /** Unique within one server, counted from 0. */
  readonly connectionId: number
  /** Undefined until `initialize` was answered. */
  readonly client: ClientIdentity | undefined
  /** What the transport says of where the client comes from, e.g. `cli`. */
  readonly sessionSource: string
  /** Whether the client is sent bytes: answers may be `TextAnswer`s. */
  readonly takesText: boolean
  /** Aborts when the connection has ended, or when closing may take no longer. */
  readonly signal: AbortSignal
  /**
   * Registers what is to be cleared away when the connection ends: watches, commands, sessions. At once if it has.
   *
   * @returns what takes `cleanUp` back, for what has ended by itself
   */
  onClose(cleanUp: () => MaybePromise<void>): () => void
  /** Makes this a connection that events are sent to. Called once, by the handler of `initialize`. */
  identify(client: ClientIdentity): void
  /** Sends a notification to this client only. The promise, if there is one, waits for room. */
  emit<M extends ServerNotificationMethod>(method: M, params: ServerNotifications[M]): MaybePromise<void>
  /** Sends a `codex/event/*` notification to this client, if it asked for them. */
  emitLegacy(method: `codex/event/${string}`, params: unknown): MaybePromise<void>
}

/** An answer, and what is to be done once it is on its way. The work counts as accepted: closing waits for it. */
export class AnswerThen<T> {
  constructor(
    readonly answer: T,
    /** Starts after the answer, never before. Its failure is logged. */
    readonly work: () => MaybePromise<void>,
  ) {}
}

/** Serves one method. Throws, or rejects, with an `RpcError` to refuse; anything else becomes -32603 with its message. */
type Handler<M extends ClientMethod> = (
  params: ClientRequests[M]['params'],
  context: RequestContext,
) => MaybePromise<
  ClientRequests[M]['result'] | AnswerThen<ClientRequests[M]['result']> | TextAnswer<ClientRequests[M]['result']>
>

/** The methods of one family. */
export type Handlers = { readonly [M in ClientMethod]?: Handler<M> }
