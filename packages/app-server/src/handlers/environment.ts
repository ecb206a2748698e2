import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Handlers, ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'

/** The one environment there is: the machine that the server runs on. */
const LOCAL = 'local'

/** Where commands run, and how the server fares. */
export function environmentHandlers(server: ServerContext): Handlers {
  return {
    'environment/info'({ environmentId }) {
      if (environmentId !== LOCAL) throw invalidRequest(unknown(environmentId))
      const path = server.env.SHELL ?? '/bin/sh'
      return { shell: { name: basename(path), path }, cwd: pathToFileURL(server.cwd).href }
    },

    'environment/status'({ environmentId }) {
      return environmentId === LOCAL ? { status: 'ready' } : { status: 'unknown', error: unknown(environmentId) }
    },

    'server/diagnostics'() {
      const { rss } = process.memoryUsage()
      return {
        process: { id: process.pid, residentMemoryBytes: rss, physicalFootprintBytes: null },
        gauges: [{ name: 'app.uptime_seconds', value: Math.floor(process.uptime()) }],
      }
    },
  }
}

// Source: reference 0.169.0.
function unknown(environmentId: string): string {
  return `unknown environment id \`${environmentId}\``
}
