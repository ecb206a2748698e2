import type { Handlers, ServerContext } from '../handler.js'
import { accountHandlers } from './account.js'
import { cloudHandlers } from './cloud.js'
import { configHandlers } from './config.js'
import { environmentHandlers } from './environment.js'
import { externalAgentConfigHandlers } from './external-agent-config.js'
import { initializeHandlers } from './initialize.js'
import { modelHandlers } from './models.js'
import { modeHandlers } from './modes.js'
import { pluginHandlers } from './plugins.js'
import { threadHandlers } from './threads.js'

/** Every family of methods that is served. The one place that knows them all. */
export function handlerFamilies(server: ServerContext): readonly Handlers[] {
  return [
    initializeHandlers(server),
    configHandlers(server),
    externalAgentConfigHandlers(server),
    threadHandlers(server),
    modelHandlers(server),
    accountHandlers(server),
    modeHandlers(server),
    pluginHandlers(),
    cloudHandlers(),
    environmentHandlers(server),
  ]
}
