import type { AppServer, AppServerOptions, CloseOptions, ConnectOptions, InProcessLink } from './app-server.js'
import { createAppServer } from './create-app-server.js'

/** One user's hold on a server that others of the same program use too. */
export interface AppServerLease {
  /** Absolute path of the Codex home the server lives in. */
  readonly codexHome: string
  /** Opens a connection, which ends with the lease. @throws Error when the lease is over */
  connect(options: ConnectOptions): InProcessLink
  /**
   * Gives the server back: connections of this lease are closed, and the server itself when nobody else has it. Idempotent.
   *
   * @returns `forced`: whether something had to be failed because the time was over
   */
  release(options?: CloseOptions): Promise<{ readonly forced: boolean }>
  [Symbol.asyncDispose](): Promise<void>
}

/** A server that is there while somebody holds a lease of it. */
export interface SharedAppServer {
  /** Starts the server for the first; the next ones get the same. @throws Error when it cannot be started */
  lease(): Promise<AppServerLease>
}

/** A server for several parts of one program, none of which need know who else uses it. Nothing starts before a lease. */
export function shareAppServer(options: AppServerOptions = {}): SharedAppServer {
  let current: { readonly server: Promise<AppServer>; leases: number } | undefined
  let closing: Promise<unknown> = Promise.resolve()

  return {
    async lease() {
      // Counted before it is there, so that nobody closes it meanwhile. One server at a time lives in the home.
      const held = current ?? { server: closing.then(() => createAppServer(options)), leases: 0 }
      current = held
      held.leases += 1
      const giveBack = async (closeOptions?: CloseOptions) => {
        held.leases -= 1
        if (held.leases > 0) return { forced: false }
        current = undefined
        const closed = held.server.then((server) => server.close(closeOptions))
        closing = closed.catch(() => {})
        return closed
      }
      try {
        return leaseOf(await held.server, giveBack)
      } catch (error) {
        if (current === held) current = undefined
        throw error
      }
    },
  }
}

function leaseOf(
  server: AppServer,
  giveBack: (options?: CloseOptions) => Promise<{ readonly forced: boolean }>,
): AppServerLease {
  const links = new Set<InProcessLink>()
  let released: Promise<{ readonly forced: boolean }> | undefined

  async function end(options?: CloseOptions): Promise<{ readonly forced: boolean }> {
    const result = await giveBack(options)
    await Promise.all([...links].map((link) => link.close()))
    return result
  }

  function release(options?: CloseOptions): Promise<{ readonly forced: boolean }> {
    released ??= end(options)
    return released
  }

  return {
    codexHome: server.codexHome,
    connect(options) {
      if (released !== undefined) throw new Error('the lease of the app-server is over')
      const link = server.connect(options)
      links.add(link)
      void link.closed.then(() => links.delete(link))
      return link
    },
    release,
    async [Symbol.asyncDispose]() {
      await release()
    },
  }
}
