import { AppServerClient, type StartOptions } from '@gangway/client'
import { startInProcess } from '@gangway/client/in-process'
import { launcher, type Place } from './place.js'
import { startUnixSocket, startWebSocket } from './server-process.js'

/** A way for our client to a server. `end` ends what was started beside the client. */
export interface ClientWay {
  readonly name: string
  open(at: Place, options?: Partial<StartOptions>): Promise<{ client: AppServerClient; end(): Promise<void> }>
}

const clientInfo = { name: 'scenario', version: '1.0' }

/** The four ways: bodies of scenarios run over each. */
export const clientWays: readonly ClientWay[] = [
  {
    name: 'in process',
    async open({ codexHome, env }, options) {
      const start = { clientInfo, experimentalApi: true, ...options, codexHome, env, sessionSource: 'exec' }
      return { client: await startInProcess(start), end: async () => {} }
    },
  },
  {
    name: 'over a child process',
    async open({ home, env }, options) {
      const command = [process.execPath, launcher, 'app-server'] as const
      const start = { clientInfo, experimentalApi: true, ...options, command, cwd: home, env }
      return { client: await AppServerClient.spawn(start), end: async () => {} }
    },
  },
  {
    name: 'over a websocket',
    async open(at, options) {
      const server = await startWebSocket(at)
      const start = { clientInfo, experimentalApi: true, ...options, url: server.address }
      return { client: await AppServerClient.connect(start), end: () => server[Symbol.asyncDispose]() }
    },
  },
  {
    name: 'over a Unix socket',
    async open(at, options) {
      const server = await startUnixSocket(at)
      const start = { clientInfo, experimentalApi: true, ...options, socketPath: server.address }
      return { client: await AppServerClient.connect(start), end: () => server[Symbol.asyncDispose]() }
    },
  },
]
