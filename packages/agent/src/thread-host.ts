import type { HomeLayout } from '@gangway/home/layout'
import type { Config, ServerNotifications, ServerRequests } from '@gangway/protocol'

/** A value, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>

/** Any notification that a thread may send. */
export type ThreadNotification = keyof ServerNotifications & string

/** Any question that a thread may ask its clients. */
export type ThreadQuestion = keyof ServerRequests & string

/** Who runs a thread: its way to the clients that follow it, and the place it lives in. */
export interface ThreadHost {
  readonly layout: HomeLayout
  /** The environment of the server: keys of models, and what commands inherit. */
  readonly env: { readonly [name: string]: string | undefined }
  /** Version of the program, for files and for model servers. */
  readonly version: string
  /** Tells every client that follows the thread. The promise, if there is one, waits for room for a lossless event. */
  notify<M extends ThreadNotification>(method: M, params: ServerNotifications[M]): MaybePromise<void>
  /**
   * Asks every client that follows the thread; the first answer counts. Waits where nobody follows it at the moment.
   *
   * @throws RpcError the client's refusal, or why nobody can be asked; the signal's reason once it aborts: the question
   * is then taken back
   */
  ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequests[M]['params'],
    signal: AbortSignal,
  ): Promise<ServerRequests[M]['result']>
  /** The configuration in force for `cwd`, with overrides of the server and of the thread. Reads files that changed. */
  readConfig(cwd: string): Promise<Config>
  /** Logs what nobody waits for. */
  report(what: string, error: unknown): void
  /** Makes the end of the server wait for `work`. */
  track(what: string, work: Promise<unknown>): void
  /** Does `work` within a span of its own, where somebody traces. Absent: nobody can. */
  inSpan?<T>(name: string, attributes: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T>
}
