import type { ThreadSettings } from '@gangway/agent'
import { RpcError } from '@gangway/protocol'
import { AnswerThen, type Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import type { LoadedThread } from '../threads/loaded-thread.js'
import { type GivenSettings, settingsChange, wireSettings } from '../threads/settings.js'

/** Turns of loaded threads. */
export function turnHandlers(registry: ThreadRegistry): Handlers {
  return {
    async 'turn/start'(params) {
      const thread = registry.require(params.threadId)
      return thread.inTurn(async () => {
        if (await changeSettings(thread, params)) await aTurnOfTheLoop()
        const turn = await thread.agent.startTurn({
          input: params.input,
          clientUserMessageId: params.clientUserMessageId ?? null,
          outputSchema: params.outputSchema ?? null,
          additionalContext: params.additionalContext ?? undefined,
        })
        thread.turns.begin(turn.id)
        return { turn: { ...turn, items: [], itemsView: 'notLoaded' as const, startedAt: null } }
      })
    },

    async 'turn/steer'({ threadId, expectedTurnId, input, clientUserMessageId }) {
      const thread = registry.require(threadId)
      if (expectedTurnId === '') throw invalidRequest('expectedTurnId must not be empty')
      return { turnId: thread.agent.steer(expectedTurnId, input, clientUserMessageId ?? null) }
    },

    async 'turn/interrupt'({ threadId, turnId }) {
      const thread = registry.require(threadId)
      const active = thread.agent.activeTurn
      if (!active && turnId === '') return {}
      if (!active) throw invalidRequest('no active turn to interrupt')
      if (turnId !== '' && turnId !== active.id) {
        throw invalidRequest(`expected active turn id ${turnId} but found ${active.id}`)
      }
      // What the client says next is not for a turn that it has stopped, even while the answer is on its way.
      thread.agent.willInterrupt(active.id)
      return new AnswerThen({}, () => interrupted(thread, active.id))
    },

    async 'turn/settings/update'({ threadId, turnId, ...given }) {
      const thread = registry.require(threadId)
      if (thread.agent.activeTurn?.id !== turnId) return { status: 'targetUnavailable' }
      await changeSettings(thread, given)
      return { status: 'applied' }
    },
  }
}

/** Changes what holds for later turns, and tells the followers. @returns whether anything is another */
export async function changeSettings(thread: LoadedThread, given: GivenSettings): Promise<boolean> {
  const { agent, threadId } = thread
  const current = agent.settings
  const config = await thread.readConfig(current.cwd)
  const change: Partial<ThreadSettings> = settingsChange(given, { cwd: current.cwd, config, current })
  if (Object.keys(change).length === 0 || !agent.updateSettings(change)) return false
  await thread.notify('thread/settings/updated', { threadId, threadSettings: wireSettings(agent.settings) })
  return true
}

/** What was told before is on its way when this ends: answers do not wait behind it. */
async function aTurnOfTheLoop(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

/** The turn may have ended while the answer was on its way. */
async function interrupted({ agent }: LoadedThread, turnId: string): Promise<void> {
  try {
    await agent.interrupt(turnId)
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
  }
}
