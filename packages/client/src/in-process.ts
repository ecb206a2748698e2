import { type AppServerOptions, createAppServer } from '@gangway/app-server'
import { AppServerClient } from './client.js'
import { abortedError } from './errors.js'
import type { ClientLink } from './link.js'
import type { StartOptions } from './startup.js'

/** How to start a server in this process. */
export interface InProcessOptions extends StartOptions, Pick<AppServerOptions, 'codexHome' | 'config' | 'env' | 'cwd'> {
  /** Recorded as the source of every thread that this client starts: `exec`, `cli`, `vscode`, … */
  readonly sessionSource: string
}

/** Starts a server in this process, and a client of it. The client's end is the server's. */
export async function startInProcess(options: InProcessOptions): Promise<AppServerClient> {
  if (options.signal?.aborted === true) throw abortedError('initialize', options.signal)
  const { codexHome, config, env, cwd, sessionSource, channelCapacity, maxQueuedBytes, delivery } = options
  const server = await createAppServer({
    ...(codexHome !== undefined && { codexHome }),
    ...(config !== undefined && { config }),
    ...(env !== undefined && { env }),
    ...(cwd !== undefined && { cwd }),
  })
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
    close: (closing) => server.close(closing),
  }
  return AppServerClient.over(link, options, { endpoint: 'in-process app-server', checksResults: false })
}
