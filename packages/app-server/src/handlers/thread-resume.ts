import type { ThreadResumeParams, ThreadResumeResponse } from '@gangway/protocol'
import { AnswerThen, type Handlers, type RequestContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { TextAnswer } from '../text-answer.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { endCursor } from '../threads/anchor.js'
import { goalOf } from '../threads/goal.js'
import { lastTurnIn } from '../threads/last-turn.js'
import { tellSessionConfigured } from '../threads/legacy-events.js'
import { liveView } from '../threads/live-view.js'
import type { LoadedThread } from '../threads/loaded-thread.js'
import { pagesOf, wholeTurns } from '../threads/read-live.js'
import { sessionAnswer } from '../threads/session-answer.js'
import { namedThread, takeUp } from '../threads/take-up.js'
import { tellUsage } from '../threads/tell-usage.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'
import { turnPage } from '../threads/turn-page.js'

/** Taking a thread up again, or joining it where it runs. */
export function threadResumeHandlers(registry: ThreadRegistry, threads: () => Promise<ThreadStore>): Handlers {
  return {
    async 'thread/resume'(params, context) {
      const store = await threads()
      const id = await idOf(store, params)
      return registry.exclusively(id, async () => {
        const thread = joined(registry, id, params, context) ?? (await loaded(registry, store, params, context))
        const text = await turnsAsText(store, thread, params, context)
        const answer = await answerOf(store, thread, text ? { ...params, excludeTurns: true } : params, context.signal)
        return new AnswerThen(text ? withText(answer, text) : answer, async () => {
          tellSessionConfigured(thread, context, answer.thread.turns)
          const path = text && thread.agent.path
          const turnId = path ? lastTurnIn(store, path) : answer.thread.turns.at(-1)?.id
          await tellUsage(thread, turnId, context)
          registry.server.serverRequests.replay(id, context)
          if (!thread.agent.isEphemeral && goalOf(store, id) === null) {
            return registry.server.broadcast('thread/goal/cleared', { threadId: id })
          }
        })
      })
    },
  }
}

/** Smaller files are parsed sooner than they are copied: measured with 1.9 MB. */
const textFromBytes = 16 * 1024 * 1024

/** All turns as JSON, never parsed, where the client is sent bytes and nobody here looks at them. */
async function turnsAsText(
  store: ThreadStore,
  { threadId, agent }: LoadedThread,
  { excludeTurns }: ThreadResumeParams,
  { takesText, client, signal }: RequestContext,
): Promise<readonly Buffer[] | null> {
  if (excludeTurns === true || !takesText || client?.legacyNotifications || agent.activeTurn) return null
  const record = await store.index.get(threadId)
  if (!record || record.sizeBytes < textFromBytes) return null
  return (await store.index.readText(threadId, { signal }))?.turns ?? null
}

function withText(answer: ThreadResumeResponse, text: readonly Buffer[]): ThreadResumeResponse {
  const whole = new TextAnswer((turns) => ({ ...answer, thread: { ...answer.thread, turns } }), text)
  // The connection hands it to the transport, which knows how to write it.
  return whole as unknown as ThreadResumeResponse
}

async function idOf(store: ThreadStore, params: ThreadResumeParams): Promise<string> {
  if (params.path) return (await namedThread(store, params)).id
  return threadIdOf(params.threadId)
}

/** A thread that is loaded is followed as it is: what the request says of settings does not count. Source: reference 0.169.0. */
function joined(
  registry: ThreadRegistry,
  id: string,
  _params: ThreadResumeParams,
  context: RequestContext,
): LoadedThread | undefined {
  const thread = registry.get(id)
  if (thread?.agent.isEphemeral) throw invalidRequest(`no rollout found for thread id ${id}`)
  thread?.follow(context)
  return thread
}

async function loaded(
  registry: ThreadRegistry,
  store: ThreadStore,
  params: ThreadResumeParams,
  context: RequestContext,
): Promise<LoadedThread> {
  const record = await namedThread(store, params)
  const thread = await takeUp(registry, store, record, { params, follower: context })
  await registry.server.broadcast('thread/status/changed', { threadId: record.id, status: thread.agent.status })
  return thread
}

async function answerOf(
  store: ThreadStore,
  thread: LoadedThread,
  params: ThreadResumeParams,
  signal: AbortSignal,
): Promise<ThreadResumeResponse> {
  const { threadId } = thread
  const record = await store.index.get(threadId)
  const turns = params.excludeTurns === true ? [] : await wholeTurns(store, threadId, signal)
  const view = record ? { ...(await store.view(record)), turns } : liveView(thread, undefined, turns)
  const hasPages = record !== undefined
  const wanted = params.initialTurnsPage
  const page =
    wanted && hasPages
      ? await turnPage(await pagesOf(store, threadId, 'thread/turns/list', signal), { ...wanted, threadId }, signal)
      : null
  return {
    ...sessionAnswer(thread, view),
    collaborationMode: thread.agent.collaborationMode,
    initialTurnsPage: page,
    turnsBackwardsCursor: hasPages ? endCursor : null,
    itemsBackwardsCursor: hasPages ? endCursor : null,
  }
}
