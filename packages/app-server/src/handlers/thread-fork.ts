import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ThreadRecord } from '@gangway/home'
import type { ThreadForkParams, Turn } from '@gangway/protocol'
import { AnswerThen, type Handlers, type RequestContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { type Cut, writeCutCopy } from '../threads/cut-copy.js'
import { agent } from '../threads/engine.js'
import { tellSessionConfigured } from '../threads/legacy-events.js'
import { liveView } from '../threads/live-view.js'
import type { LoadedThread } from '../threads/loaded-thread.js'
import { threadConfig } from '../threads/new-settings.js'
import { wholeTurns } from '../threads/read-live.js'
import { sessionAnswer } from '../threads/session-answer.js'
import { namedThread, takeUp } from '../threads/take-up.js'
import { tellUsage } from '../threads/tell-usage.js'
import type { ThreadStore } from '../threads/thread-store.js'
import { newFacts } from './thread-life.js'

/** A thread that begins with another one's history. */
export function threadForkHandlers(registry: ThreadRegistry, threads: () => Promise<ThreadStore>): Handlers {
  return {
    async 'thread/fork'(params, context) {
      const cut = cutOf(params)
      const store = await threads()
      const source = await namedThread(store, params)
      const fork = { store, source, cut, params, context }
      const thread = params.ephemeral === true ? await inMemory(registry, fork) : await onDisk(registry, fork)
      const turns = params.excludeTurns === true ? [] : await wholeTurns(store, thread.threadId, context.signal)
      const record = await store.index.get(thread.threadId)
      const stored = record ? await store.view(record) : undefined
      const view = { ...liveView(thread, stored, turns), ephemeral: thread.agent.isEphemeral }
      return new AnswerThen(sessionAnswer(thread, view), async () => {
        await tellUsage(thread, turns.at(-1)?.id, context)
        await registry.server.broadcast('thread/started', { thread: { ...view, turns: [] } })
        tellSessionConfigured(thread, context, turns)
      })
    },
  }
}

interface Fork {
  readonly store: ThreadStore
  readonly source: ThreadRecord
  readonly cut: Cut
  readonly params: ThreadForkParams
  readonly context: RequestContext
}

function cutOf({ lastTurnId, beforeTurnId }: ThreadForkParams): Cut {
  if (typeof lastTurnId === 'string' && typeof beforeTurnId === 'string') {
    throw invalidRequest('`beforeTurnId` cannot be combined with `lastTurnId`')
  }
  if (typeof beforeTurnId === 'string') return { before: beforeTurnId }
  return typeof lastTurnId === 'string' ? { after: lastTurnId } : null
}

async function onDisk(registry: ThreadRegistry, fork: Fork): Promise<LoadedThread> {
  const { store, source, params, context } = fork
  const { uuidV7 } = await agent()
  const threadId = uuidV7()
  const startedAt = new Date()
  const path = store.home.rolloutPath(store.layout, { startedAt, threadId })
  await copied(fork, path, threadId, startedAt)
  if (source.name !== null) await store.home.appendThreadName(store.layout, threadId, source.name)
  const record = await namedThread(store, { threadId, path })
  return takeUp(registry, store, record, { params, follower: context })
}

/** The history is read from a copy that goes at once. */
async function inMemory(registry: ThreadRegistry, fork: Fork): Promise<LoadedThread> {
  const { store, source, cut, params, context } = fork
  const { readFacts, readHistory, uuidV7 } = await agent()
  const fresh = newFacts(uuidV7(), context, params.threadSource ?? null)
  const facts = { ...fresh, forkedFromId: source.id, name: source.name }
  const turns = keptTurns(await wholeTurns(store, source.id, context.signal), cut)
  const folder = mkdtempSync(join(tmpdir(), 'gangway-fork-'))
  try {
    const path = join(folder, `rollout-2000-01-01T00-00-00-${facts.threadId}.jsonl`)
    await copied(fork, path, facts.threadId, new Date())
    // The copy is whole in itself.
    const history = await readHistory(path)
    const found = readFacts(path)
    const { defaults, given } = await threadConfig(registry.server, params, source.cwd)
    const configOverrides = params.config ?? {}
    return await registry.load({
      facts,
      configOverrides,
      follower: context,
      begin: (engine, host) =>
        engine.startThread({
          host,
          threadId: facts.threadId,
          settings: { ...defaults, ...found.settings, ...given },
          configOverrides,
          dynamicTools: [],
          isEphemeral: true,
          source: context.sessionSource,
          threadSource: facts.threadSource,
          originator: facts.originator,
          forkedFromId: source.id,
          history,
          turns,
        }),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function copied({ store, source, cut }: Fork, path: string, threadId: string, startedAt: Date): Promise<void> {
  const meta = {
    id: threadId,
    session_id: threadId,
    timestamp: startedAt.toISOString(),
    forked_from_id: source.id,
  }
  if (await writeCutCopy(store, source, { path, meta, cut })) return
  const [member, turnId] = cut && 'before' in cut ? ['beforeTurnId', cut.before] : ['lastTurnId', cut?.after]
  throw invalidRequest(`${member} '${turnId}' was not found in the source thread`)
}

function keptTurns(turns: readonly Turn[], cut: Cut): readonly Turn[] {
  if (cut === null) return turns
  const at = turns.findIndex(({ id }) => id === ('before' in cut ? cut.before : cut.after))
  return turns.slice(0, 'before' in cut ? at : at + 1)
}
