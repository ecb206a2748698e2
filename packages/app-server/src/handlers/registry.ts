import type { Handlers, ServerContext } from '../handler.js'
import { configHandlers } from './config.js'
import { externalAgentConfigHandlers } from './external-agent-config.js'
import { initializeHandlers } from './initialize.js'
import { threadHandlers } from './threads.js'

/** Every family of methods that is served. The one place that knows them all. */
export function handlerFamilies(server: ServerContext): readonly Handlers[] {
  return [
    initializeHandlers(server),
    configHandlers(server),
    externalAgentConfigHandlers(server),
    threadHandlers(server),
  ]
}
