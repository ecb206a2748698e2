import {
  type AppServer,
  type AppServerLease,
  type AppServerOptions,
  type CloseOptions,
  type ConnectOptions,
  createAppServer,
  type InProcessLink,
  type SharedAppServer,
} from '@gangway/app-server'
import { AppServerClient } from './client.js'
import { abortedError } from './errors.js'
import type { ClientLink, Ending } from './link.js'
import type { StartOptions } from './startup.js'

/** How to start a server in this process. */
export interface InProcessOptions
  extends StartOptions,
    Pick<
      AppServerOptions,
      'codexHome' | 'config' | 'profile' | 'ignoresUserConfig' | 'ignoresRules' | 'strictConfig' | 'env' | 'cwd'
    > {
  /** Recorded as the source of every thread that this client starts: `exec`, `cli`, `vscode`, … */
  readonly sessionSource: string
  /**
   * A server that is there already, or a lease of one: the client gets a connection of its own, and its end is not the
   * server's. Of a shared server the client takes a lease, and gives it back at its end. What the server is made of
   * (`codexHome`, `config`, `env`, `cwd`) was decided by whoever made it.
   */
  readonly server?: AppServer | AppServerLease | SharedAppServer
}

/** What a client has of its server: a way to connect, and what its own end means for it. */
interface ServerHold {
  connect(options: ConnectOptions): InProcessLink
  end(link: InProcessLink, options: CloseOptions): Promise<Ending>
}

/** Starts a server in this process, and a client of it. The client's end is the server's, unless it was given. */
export async function startInProcess(options: InProcessOptions): Promise<AppServerClient> {
  if (options.signal?.aborted === true) throw abortedError('initialize', options.signal)
  const { sessionSource, channelCapacity, maxQueuedBytes, delivery } = options
  const hold = await holdOf(options)
  const connection = hold.connect({
    sessionSource,
    ...(channelCapacity !== undefined && { channelCapacity }),
    ...(maxQueuedBytes !== undefined && { maxQueuedBytes }),
    ...(delivery !== undefined && { delivery }),
  })
  const link: ClientLink = {
    request: (id, method, params) => connection.request(id, method, params),
    notify: (method, params) => connection.notify(method, params),
    answer: (id, result) => connection.answer(id, result),
    reject: (id, error) => connection.reject(id, error),
    events: connection.events,
    closed: connection.closed,
    close: (closing) => hold.end(connection, closing),
  }
  return AppServerClient.over(link, options, { endpoint: 'in-process app-server', checksResults: false })
}

async function holdOf(options: InProcessOptions): Promise<ServerHold> {
  const { server } = options
  if (server === undefined) {
    const own = await createAppServer(serverOptions(options))
    return { connect: (how) => own.connect(how), end: (_, closing) => own.close(closing) }
  }
  if ('lease' in server) {
    const lease = await server.lease()
    return { connect: (how) => lease.connect(how), end: (_, closing) => lease.release(closing) }
  }
  return {
    connect: (how) => server.connect(how),
    async end(link) {
      await link.close()
      return { forced: false }
    },
  }
}

function serverOptions(options: InProcessOptions): AppServerOptions {
  const { codexHome, config, profile, ignoresUserConfig, ignoresRules, strictConfig, env, cwd } = options
  return {
    ...(codexHome !== undefined && { codexHome }),
    ...(config !== undefined && { config }),
    ...(profile !== undefined && { profile }),
    ...(ignoresUserConfig !== undefined && { ignoresUserConfig }),
    ...(ignoresRules !== undefined && { ignoresRules }),
    ...(strictConfig !== undefined && { strictConfig }),
    ...(env !== undefined && { env }),
    ...(cwd !== undefined && { cwd }),
  }
}
