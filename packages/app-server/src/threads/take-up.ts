import { existsSync } from 'node:fs'
import type { ThreadRecord } from '@gangway/home'
import type { ThreadResumeParams } from '@gangway/protocol'
import type { RequestContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import type { LoadedThread } from './loaded-thread.js'
import { type ThreadParams, threadConfig } from './new-settings.js'
import { rulesAgain } from './permissions.js'
import { threadIdOf } from './thread-id.js'
import type { ThreadStore } from './thread-store.js'

/** The thread that a request names, by its file where that is given. @throws RpcError in the reference's words */
export async function namedThread(
  store: ThreadStore,
  { threadId, path }: Pick<ThreadResumeParams, 'threadId' | 'path'>,
): Promise<ThreadRecord> {
  if (typeof path === 'string' && path !== '') {
    if (!existsSync(path)) throw invalidRequest(`failed to resolve rollout path \`${path}\`: file does not exist`)
    const head = store.home.readThreadHead(path)
    const known = await store.index.get(head.id)
    return known ?? { ...head, name: null, recencyAtMs: head.updatedAtMs }
  }
  const id = threadIdOf(threadId)
  const record = await store.index.get(id)
  if (!record) throw invalidRequest(`no rollout found for thread id ${id}`)
  return record
}

/**
 * Loads a thread that is on disk.
 *
 * @throws RpcError for one that is put away, or that another program writes to
 */
export async function takeUp(
  registry: ThreadRegistry,
  store: ThreadStore,
  record: ThreadRecord,
  { params, follower }: { params: ThreadParams; follower: RequestContext },
): Promise<LoadedThread> {
  const { id } = record
  if (record.isArchived) {
    throw invalidRequest(`session ${id} is archived. Run \`codex unarchive ${id}\` to unarchive it first.`)
  }
  if (store.home.hasActiveWriter(store.layout, id)) throw invalidRequest(`thread ${id} already has an active writer`)
  const { config, defaults, given } = await threadConfig(registry.server, params, record.cwd)
  const configOverrides = params.config ?? {}
  const thread = await registry.load({
    facts: {
      threadId: id,
      createdAtMs: record.createdAtMs,
      source: record.source as LoadedThread['facts']['source'],
      threadSource: record.threadSource,
      originator: record.originator ?? '',
      forkedFromId: record.forkedFromId,
      historyMode: record.historyMode,
      name: record.name,
    },
    configOverrides,
    follower,
    begin: (engine, host) =>
      engine.resumeThread({
        host,
        threadId: id,
        path: record.path,
        settings: given,
        defaults,
        complete: (settings) => ({ ...settings, ...rulesAgain(settings, config) }),
        configOverrides,
        dynamicTools: [],
        originator: follower.client?.name ?? '',
      }),
  })
  return thread
}
