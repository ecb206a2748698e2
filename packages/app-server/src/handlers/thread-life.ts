import type { RequestContext } from '../handler.js'
import { AnswerThen, type Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { checkedDynamicTools } from '../threads/dynamic-tools.js'
import { agent } from '../threads/engine.js'
import { tellSessionConfigured } from '../threads/legacy-events.js'
import type { LiveFacts } from '../threads/live-facts.js'
import { liveView } from '../threads/live-view.js'
import { threadConfig } from '../threads/new-settings.js'
import { sessionAnswer } from '../threads/session-answer.js'
import { threadIdOf } from '../threads/thread-id.js'

/** Beginning a thread, and the loaded ones. */
export function threadLifeHandlers(registry: ThreadRegistry): Handlers {
  const { server } = registry
  return {
    async 'thread/start'(params, context) {
      const dynamicTools = checkedDynamicTools(params.dynamicTools)
      const { defaults, given } = await threadConfig(server, params, server.cwd)
      const { uuidV7 } = await agent()
      const configOverrides = params.config ?? {}
      const facts = newFacts(uuidV7(), context, params.threadSource ?? null)
      const thread = await registry.load({
        facts,
        configOverrides,
        follower: context,
        begin: (engine, host) =>
          engine.startThread({
            host,
            threadId: facts.threadId,
            settings: { ...defaults, ...given },
            configOverrides,
            dynamicTools,
            isEphemeral: params.ephemeral === true,
            source: context.sessionSource,
            threadSource: facts.threadSource,
            originator: facts.originator,
            forkedFromId: null,
          }),
      })
      const view = liveView(thread, undefined)
      return new AnswerThen(sessionAnswer(thread, view), async () => {
        await server.broadcast('thread/started', { thread: view })
        tellSessionConfigured(thread, context, [])
      })
    },

    async 'thread/unsubscribe'({ threadId }, context) {
      const thread = registry.get(threadIdOf(threadId))
      if (!thread) return { status: 'notLoaded' }
      return { status: thread.unfollow(context) ? 'unsubscribed' : 'notSubscribed' }
    },

    'thread/loaded/list'({ cursor, limit }) {
      const ids = registry.ids()
      const start = typeof cursor === 'string' ? placeBehind(ids, cursor) : 0
      const data = ids.slice(start, start + Math.max(1, limit ?? ids.length))
      return { data, nextCursor: start + data.length < ids.length ? (data.at(-1) ?? null) : null }
    },
  }
}

/** What is known of a thread that a client begins. */
export function newFacts(threadId: string, context: RequestContext, threadSource: string | null): LiveFacts {
  return {
    threadId,
    createdAtMs: Date.now(),
    source: sourceOf(context.sessionSource),
    threadSource,
    originator: context.client?.name ?? '',
    forkedFromId: null,
    historyMode: 'legacy',
    name: null,
  }
}

function sourceOf(sessionSource: string): LiveFacts['source'] {
  if (sessionSource === 'cli' || sessionSource === 'vscode' || sessionSource === 'exec') return sessionSource
  return sessionSource === 'mcp' ? 'appServer' : 'unknown'
}

/** Source: reference 0.169.0: the cursor is the last id of the page before. */
function placeBehind(ids: readonly string[], cursor: string): number {
  let threadId: string
  try {
    threadId = threadIdOf(cursor)
  } catch {
    throw invalidRequest(`invalid cursor: ${cursor}`)
  }
  const place = ids.findIndex((id) => id > threadId)
  return place === -1 ? ids.length : place
}
