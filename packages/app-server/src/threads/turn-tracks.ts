import type { ServerNotifications } from '@gangway/protocol'
import type { ServerContext } from '../handler.js'

/** The turns of one thread that are under way: accepted work, which the end of the server waits for. */
export class TurnTracks {
  readonly #open = new Map<string, () => void>()

  constructor(readonly server: Pick<ServerContext, 'track'>) {}

  get size(): number {
    return this.#open.size
  }

  /** A turn was accepted. It counts until its completion was told. */
  begin(turnId: string): void {
    if (this.#open.has(turnId)) return
    this.server.track('turn', new Promise<void>((resolve) => this.#open.set(turnId, resolve)))
  }

  /** Looks at what is told of the thread: turns begin without a request, too. */
  see(method: string, params: unknown): void {
    if (method === 'turn/started') this.begin((params as ServerNotifications['turn/started']).turn.id)
    else if (method === 'turn/completed') this.#end((params as ServerNotifications['turn/completed']).turn.id)
  }

  /** The thread is closed: nothing more comes. */
  endAll(): void {
    for (const turnId of [...this.#open.keys()]) this.#end(turnId)
  }

  #end(turnId: string): void {
    this.#open.get(turnId)?.()
    this.#open.delete(turnId)
  }
}
