import type { RequestId, RpcError } from '@gangway/protocol'
import type { DeliveryMode, EventQueue } from '@gangway/protocol/channel'

/** What a server is made of. Everything has a default, so that `createAppServer()` serves the person's own home. */
export interface AppServerOptions {
  /** Absolute path of the Codex home. Default: `CODEX_HOME` of `env`, else `~/.codex`. It must exist when it is given by the environment. */
  readonly codexHome?: string
  /** Dotted keys over the files' configuration, as `-c` on the command line, e.g. `{ 'tools.web_search': true }`. */
  readonly config?: { readonly [dottedKey: string]: unknown }
  /** `<profile>.config.toml` of the Codex home counts over its `config.toml`. */
  readonly profile?: string
  /** Does without `config.toml` of the Codex home. Signing in, threads and everything else are the home's all the same. */
  readonly ignoresUserConfig?: boolean
  /** Does without the rules for commands of the Codex home. */
  readonly ignoresRules?: boolean
  /** Refuses what needs a configuration in which a key is not known. Default: such keys are ignored. */
  readonly strictConfig?: boolean
  /** Default: `process.env`. Read once, when the server is made. */
  readonly env?: { readonly [name: string]: string | undefined }
  /** Folder against which relative paths of requests are resolved. Default: the process's working directory. */
  readonly cwd?: string
  /** Version that the user agent names. Default: this package's. */
  readonly version?: string
}

/** How a client in this process wants its events. */
export interface ConnectOptions {
  /** Entries that wait for the client at most. Values under 1 count as 1. Default 128. */
  readonly channelCapacity?: number
  /** Bytes of events that wait for the client at most. Default 8 MiB. */
  readonly maxQueuedBytes?: number
  /** Default `tiered`. */
  readonly delivery?: DeliveryMode
  /** What threads that this client starts are recorded to come from: `exec`, `cli`, `vscode`, … */
  readonly sessionSource: string
}

/**
 * A client's end of a connection in this process. Values cross as they are, without a copy: neither side may change them after.
 *
 * The protocol is the same as on every transport: the first request is `initialize`.
 */
export interface InProcessLink {
  /**
   * Gives the method's result.
   *
   * @param id distinct among the requests that are open on this link; a second one with an open id is refused
   * @throws RpcError the server's refusal
   */
  request(id: RequestId, method: string, params: unknown): Promise<unknown>
  /** Never fails: what is not known is ignored. */
  notify(method: string, params: unknown): void
  /** Answers a server's request that came as an event. `false` when it is not open (any more). */
  answer(id: RequestId, result: unknown): boolean
  /** Refuses a server's request that came as an event. `false` when it is not open (any more). */
  reject(id: RequestId, error: RpcError): boolean
  /** Notifications and requests of the server, in order. One reader. */
  readonly events: EventQueue
  /** Leaves the server: open requests of both sides are failed, `events` ends after what is queued. Idempotent. */
  close(): Promise<void>
  /** Why the link ended: resolves once, never rejects. */
  readonly closed: Promise<string>
}

/** Clients come in who know one token. */
export interface CapabilityTokenAuth {
  readonly mode: 'capability-token'
  /** The token in a file (absolute; spaces around it do not count), or its SHA-256 in 64 hexadecimal digits. */
  readonly token: { readonly file: string } | { readonly sha256: string }
}

/** Clients come in who have a token (JWT, HS256) that somebody signed with a secret of ours, and that has not expired. */
export interface SignedTokenAuth {
  readonly mode: 'signed-bearer-token'
  /** At least 32 bytes, or an absolute path of a file with as many. */
  readonly secret: { readonly file: string } | { readonly bytes: Uint8Array }
  /** What the token's `iss` must be. Default: anything. */
  readonly issuer?: string
  /** What the token's `aud` must be, or have among others. Default: anything. */
  readonly audience?: string
  /** Seconds by which clocks may differ. Default 30. */
  readonly maxClockSkewSeconds?: number
}

/** Who may connect to a websocket listener: `Authorization: Bearer TOKEN`, looked at before the upgrade. */
export type WebSocketAuth = CapabilityTokenAuth | SignedTokenAuth

/**
 * Where a server can be reached from outside the process.
 *
 * `url` is `ws://IP:PORT` (port 0: any that is free); without `auth` only a loopback address is listened on.
 * `socketPath` is a Unix socket, absolute; websockets run over it too, and who may open it is up to the file's mode (0600).
 */
export type ListenOptions =
  | { readonly stdio: true }
  | { readonly url: string; readonly auth?: WebSocketAuth }
  | { readonly socketPath: string }

/** A place where the server is being served, from `listen` on. */
export interface Listener {
  /** Where it is: `ws://IP:PORT` with the port that was taken, `unix://PATH`, or `stdio://`. */
  readonly address: string
  /** Resolves with the reason when nobody is served here any more: for stdio, when its input has ended and all answers are out. */
  readonly closed: Promise<string>
  /** Stops serving here; accepted work is finished and its answers are written. Idempotent. */
  close(): Promise<void>
}

/** How long closing may take. */
export interface CloseOptions {
  /** Milliseconds until accepted work is failed instead of awaited. Default 5 000. */
  readonly timeoutMs?: number
}

/** A running server. It serves nobody until `connect` or `listen` is called. */
export interface AppServer {
  /** Absolute path of the Codex home it lives in. */
  readonly codexHome: string
  /** Opens a connection within this process. @throws Error when the server is closing */
  connect(options: ConnectOptions): InProcessLink
  /**
   * Serves clients outside this process, until the listener or the server is closed. May be called several times.
   *
   * @throws Error for an address that cannot be listened on, or not safely; for a socket that another server has
   */
  listen(options: ListenOptions): Promise<Listener>
  /**
   * Stops: nothing new is admitted, accepted work is finished or, after `timeoutMs`, failed with -32603; open requests
   * of both sides are settled, and every client's events end after what is queued. Idempotent.
   *
   * @returns `forced`: whether something had to be failed because the time was over
   */
  close(options?: CloseOptions): Promise<{ readonly forced: boolean }>
  [Symbol.asyncDispose](): Promise<void>
}
