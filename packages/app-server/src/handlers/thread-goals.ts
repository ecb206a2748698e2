import type { ThreadGoal, ThreadGoalSetParams } from '@gangway/protocol'
import { AnswerThen, type Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { goalOf } from '../threads/goal.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'

/** What threads work towards: kept beside the thread. Nothing goes on by itself for it. Source: reference 0.169.0, refusals. */
export function threadGoalHandlers(registry: ThreadRegistry, threads: () => Promise<ThreadStore>): Handlers {
  const { server } = registry
  return {
    async 'thread/goal/get'({ threadId }) {
      const store = await threads()
      return { goal: goalOf(store, await knownThread(registry, store, threadId)) }
    },

    async 'thread/goal/set'(params) {
      const store = await threads()
      const threadId = await knownThread(registry, store, params.threadId)
      const goal = changedGoal(goalOf(store, threadId), { ...params, threadId })
      await store.marks.update(threadId, (mark) => ({ ...mark, goal: { ...goal } }))
      return new AnswerThen({ goal }, () => server.broadcast('thread/goal/updated', { threadId, turnId: null, goal }))
    },

    async 'thread/goal/clear'(params) {
      const store = await threads()
      const threadId = await knownThread(registry, store, params.threadId)
      if (goalOf(store, threadId) === null) return { cleared: false }
      await store.marks.update(threadId, ({ goal: _goal, ...mark }) => mark)
      return new AnswerThen({ cleared: true }, () => server.broadcast('thread/goal/cleared', { threadId }))
    },
  }
}

async function knownThread(registry: ThreadRegistry, store: ThreadStore, given: string): Promise<string> {
  const threadId = threadIdOf(given)
  const loaded = registry.get(threadId)
  if (loaded?.agent.isEphemeral) throw invalidRequest(`ephemeral thread does not support goals: ${threadId}`)
  if (!loaded && !(await store.index.get(threadId))) throw invalidRequest(`thread not found: ${threadId}`)
  return threadId
}

function changedGoal(known: ThreadGoal | null, params: ThreadGoalSetParams): ThreadGoal {
  const { threadId, objective = null, status = null, tokenBudget = null } = params
  if (objective !== null && objective.trim() === '') throw invalidRequest('goal objective must not be empty')
  if (tokenBudget !== null && tokenBudget <= 0) throw invalidRequest('goal budgets must be positive when provided')
  const now = Math.floor(Date.now() / 1000)
  if (objective === null) {
    if (!known) throw invalidRequest(`cannot update goal for thread ${threadId}: no goal exists`)
    const changed = { status: status ?? known.status, tokenBudget: tokenBudget ?? known.tokenBudget ?? null }
    return { ...known, ...changed, updatedAt: now }
  }
  return {
    threadId,
    objective: objective.trim(),
    status: status ?? 'active',
    tokenBudget,
    tokensUsed: 0,
    timeUsedSeconds: 0,
    createdAt: now,
    updatedAt: now,
  }
}
