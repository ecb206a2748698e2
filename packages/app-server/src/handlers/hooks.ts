import { resolve } from 'node:path'
import type { ConfiguredHook } from '@gangway/agent'
import type { HooksListResponse } from '@gangway/protocol'
import type { Handlers } from '../handler.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { agent } from './agent.js'

type Entry = HooksListResponse['data'][number]

/** The hooks of the home and of projects, with what a person has to know to trust them. */
export function hookHandlers(registry: ThreadRegistry): Handlers {
  const { server } = registry

  async function entryFor(cwd: string, absolute: string, own: Readonly<Record<string, unknown>>): Promise<Entry> {
    const { findHooks } = await agent()
    const overrides = { ...server.configOverrides, ...own }
    try {
      const { hooks, warnings, errors } = await findHooks({ layout: server.layout, cwd: absolute, overrides })
      return { cwd, hooks: hooks.map(metadataOf), warnings: [...warnings], errors: [...errors] }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { cwd, hooks: [], warnings: [], errors: [{ path: server.layout.configToml, message }] }
    }
  }

  return {
    async 'hooks/list'({ cwds, threadId }) {
      if (threadId !== null && threadId !== undefined) {
        const thread = registry.require(threadId)
        const { cwd } = thread.agent.settings
        return { data: [await entryFor(cwd, cwd, thread.configOverrides)] }
      }
      const folders = cwds === undefined || cwds.length === 0 ? [server.cwd] : cwds
      return { data: await Promise.all(folders.map((cwd) => entryFor(cwd, resolve(server.cwd, cwd), {}))) }
    },
  }
}

function metadataOf(hook: ConfiguredHook): Entry['hooks'][number] {
  const { facts, isAsync, command, key, matcher, timeoutSec, statusMessage, additionalContextLimit } = hook
  return {
    key,
    eventName: facts.wire,
    handlerType: 'command',
    command,
    async: isAsync,
    matcher,
    timeoutSec,
    statusMessage,
    additionalContextLimit,
    sourcePath: hook.sourcePath,
    source: hook.source,
    pluginId: null,
    environmentId: null,
    displayOrder: hook.displayOrder,
    enabled: hook.enabled,
    isManaged: false,
    currentHash: hook.currentHash,
    trustStatus: hook.trustStatus,
  }
}
