import type { Handlers, ServerContext } from '../handler.js'
import { ThreadRegistry } from '../thread-registry.js'
import { ThreadStore } from '../threads/thread-store.js'
import { accountHandlers } from './account.js'
import { cloudHandlers } from './cloud.js'
import { commandHandlers } from './command.js'
import { configHandlers } from './config.js'
import { environmentHandlers } from './environment.js'
import { externalAgentConfigHandlers } from './external-agent-config.js'
import { fileSearchHandlers } from './file-search.js'
import { fsHandlers } from './fs.js'
import { gatewaySignInHandlers } from './gateway-sign-in.js'
import { hookHandlers } from './hooks.js'
import { initializeHandlers } from './initialize.js'
import { legacyHandlers } from './legacy.js'
import { mcpServerHandlers } from './mcp-servers.js'
import { modelHandlers } from './models.js'
import { modeHandlers } from './modes.js'
import { pluginHandlers } from './plugins.js'
import { processHandlers } from './process.js'
import { skillHandlers } from './skills.js'
import { threadAttachmentHandlers } from './thread-attachments.js'
import { threadForkHandlers } from './thread-fork.js'
import { threadGoalHandlers } from './thread-goals.js'
import { threadLifeHandlers } from './thread-life.js'
import { threadResumeHandlers } from './thread-resume.js'
import { threadRevertHandlers } from './thread-revert.js'
import { threadWorkHandlers } from './thread-work.js'
import { threadHandlers } from './threads.js'
import { turnHandlers } from './turns.js'

/** Every family of methods that is served. The one place that knows them all. */
export function handlerFamilies(server: ServerContext): readonly Handlers[] {
  let opening: Promise<ThreadStore> | undefined
  const registry = new ThreadRegistry(server)

  // Opened with the first request that needs it, so that the server starts fast.
  function threads(): Promise<ThreadStore> {
    opening ??= ThreadStore.open(server, (threadId) => registry.get(threadId))
    return opening
  }

  return [
    initializeHandlers(server),
    configHandlers(server),
    externalAgentConfigHandlers(server, registry),
    threadHandlers(threads, registry),
    threadLifeHandlers(registry),
    threadResumeHandlers(registry, threads),
    threadForkHandlers(registry, threads),
    threadRevertHandlers(registry, threads),
    threadWorkHandlers(registry),
    threadGoalHandlers(registry, threads),
    threadAttachmentHandlers(registry, threads),
    turnHandlers(registry),
    modelHandlers(server),
    accountHandlers(server),
    gatewaySignInHandlers(server),
    modeHandlers(server),
    pluginHandlers(server),
    cloudHandlers(),
    environmentHandlers(server),
    fsHandlers(),
    commandHandlers(server),
    processHandlers(server),
    fileSearchHandlers(),
    legacyHandlers(),
    skillHandlers(server),
    hookHandlers(registry),
    mcpServerHandlers(registry),
  ]
}
