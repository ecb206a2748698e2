import type { ResponseItem, ReviewTarget } from '@gangway/protocol'
import type { Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { changeSettings } from './turns.js'

/** What is done with loaded threads beside turns of words. Source: reference 0.169.0, refusals. */
export function threadWorkHandlers(registry: ThreadRegistry): Handlers {
  return {
    async 'thread/compact/start'({ threadId }) {
      const thread = registry.require(threadId)
      return thread.inTurn(async () => {
        thread.turns.begin((await thread.agent.compact()).id)
        return {}
      })
    },

    async 'thread/shellCommand'({ threadId, command }) {
      const thread = registry.require(threadId)
      if (command.trim() === '') throw invalidRequest('command must not be empty')
      return thread.inTurn(async () => {
        thread.turns.begin((await thread.agent.shellCommand(command)).id)
        return {}
      })
    },

    async 'review/start'({ threadId, target }) {
      const thread = registry.require(threadId)
      refuseEmpty(target)
      return thread.inTurn(async () => {
        const turn = await thread.agent.review(target)
        thread.turns.begin(turn.id)
        return { turn, reviewThreadId: thread.threadId }
      })
    },

    async 'thread/settings/update'({ threadId, ...given }) {
      const thread = registry.require(threadId)
      return thread.inTurn(async () => {
        await changeSettings(thread, given)
        return {}
      })
    },

    async 'thread/inject_items'({ threadId, items }) {
      const thread = registry.require(threadId)
      if (items.length === 0) throw invalidRequest('items must not be empty')
      const checked = items.map(responseItem)
      return thread.inTurn(async () => {
        await thread.agent.injectItems(checked)
        return {}
      })
    },

    async 'thread/backgroundTerminals/list'({ threadId }) {
      return { data: [...registry.require(threadId).agent.backgroundTerminals()], nextCursor: null }
    },

    async 'thread/backgroundTerminals/clean'({ threadId }) {
      // They are off the list with the answer; how each ended is told when it has.
      registry.server.track('ending the terminals of a thread', registry.require(threadId).agent.cleanTerminals())
      return {}
    },

    async 'thread/backgroundTerminals/terminate'({ threadId, processId }) {
      const thread = registry.require(threadId)
      if (!/^-?\d+$/.test(processId)) {
        throw invalidRequest('invalid background terminal process id: invalid digit found in string')
      }
      return { terminated: await thread.agent.terminateTerminal(processId) }
    },
  }
}

function responseItem(item: unknown, at: number): ResponseItem {
  const type = typeof item === 'object' && item !== null ? Reflect.get(item, 'type') : undefined
  if (typeof type === 'string') return item as ResponseItem
  throw invalidRequest(`items[${at}] is not a valid response item: missing field \`type\``)
}

function refuseEmpty(target: ReviewTarget): void {
  const [member, text] =
    target.type === 'custom'
      ? ['instructions', target.instructions]
      : target.type === 'baseBranch'
        ? ['branch', target.branch]
        : ['sha', target.type === 'commit' ? target.sha : 'HEAD']
  if (text?.trim() === '') throw invalidRequest(`${member} must not be empty`)
}
