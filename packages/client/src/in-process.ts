import { type AppServer, type AppServerOptions, createAppServer, type InProcessLink } from '@gangway/app-server'
import { AppServerClient } from './client.js'
import { abortedError } from './errors.js'
import type { ClientLink, Ending } from './link.js'
import type { StartOptions } from './startup.js'

/** How to start a server in this process. */
export interface InProcessOptions extends StartOptions, Pick<AppServerOptions, 'codexHome' | 'config' | 'env' | 'cwd'> {
  /** Recorded as the source of every thread that this client starts: `exec`, `cli`, `vscode`, … */
  readonly sessionSource: string
  /**
   * A server that is there already: the client gets a connection of its own, and its end is not the server's. What the
   * server is made of (`codexHome`, `config`, `env`, `cwd`) was decided when it was created.
   */
  readonly server?: AppServer
}

/** Starts a server in this process, and a client of it. The client's end is the server's, unless it was given. */
export async function startInProcess(options: InProcessOptions): Promise<AppServerClient> {
  if (options.signal?.aborted === true) throw abortedError('initialize', options.signal)
  const { sessionSource, channelCapacity, maxQueuedBytes, delivery } = options
  const server = options.server ?? (await createAppServer(serverOptions(options)))
  const connection = server.connect({
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
    close: (closing) => (options.server === undefined ? server.close(closing) : leave(connection)),
  }
  return AppServerClient.over(link, options, { endpoint: 'in-process app-server', checksResults: false })
}

function serverOptions({ codexHome, config, env, cwd }: InProcessOptions): AppServerOptions {
  return {
    ...(codexHome !== undefined && { codexHome }),
    ...(config !== undefined && { config }),
    ...(env !== undefined && { env }),
    ...(cwd !== undefined && { cwd }),
  }
}

async function leave(connection: InProcessLink): Promise<Ending> {
  await connection.close()
  return { forced: false }
}
