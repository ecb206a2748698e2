import type { ServerNotifications } from '@gangway/protocol'
import type { Connection } from './connection.js'
import type { MaybePromise, ServerNotificationMethod } from './handler.js'

/** The way from handlers to every client that has introduced itself. */
export class Outgoing {
  readonly #connections = new Set<Connection>()

  /** Clients that are told things now, in the order in which they introduced themselves. */
  get connections(): readonly Connection[] {
    return [...this.#connections]
  }

  join(connection: Connection): void {
    this.#connections.add(connection)
  }

  leave(connection: Connection): void {
    this.#connections.delete(connection)
  }

  /**
   * Tells every client. Each has its own bounded queue: a slow one holds back nobody else.
   *
   * The promise, if there is one, is for the clients in whose queues a lossless event had to wait for room.
   */
  broadcast<M extends ServerNotificationMethod>(method: M, params: ServerNotifications[M]): MaybePromise<void> {
    let waiting: Promise<void>[] | undefined
    for (const connection of this.#connections) {
      const placed = connection.emit(method, params)
      if (placed === undefined) continue
      waiting ??= []
      waiting.push(placed)
    }
    return waiting && Promise.all(waiting).then(() => undefined)
  }
}
