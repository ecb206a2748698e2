import { wellFormed } from '../plain-text.js'
import { firstText, membersOf, snakeStatus, type ToolOutcome, type ToolView } from '../tool-view.js'

/** Work that was given to a helper agent. Linked to the helper's thread when that comes over too. */
export const helperAgent: ToolView = {
  kind: 'helper agent',
  item(call, outcome, place) {
    const input = membersOf(call.input)
    const status = outcome.status === 'declined' ? 'failed' : snakeStatus(outcome.status)
    const helper = place.helperThreadId
    return {
      item: {
        type: 'CollabAgentToolCall',
        id: call.id,
        tool: 'spawn_agent',
        status,
        sender_thread_id: place.threadId,
        receiver_thread_ids: helper === null ? [] : [helper],
        prompt: wellFormed(firstText(input, 'prompt', 'description') ?? ''),
        model: null,
        reasoning_effort: null,
        agents_states: helper === null ? {} : { [helper]: agentState(outcome) },
      },
      event: null,
    }
  },
}

function agentState({ status, text }: ToolOutcome): unknown {
  if (status === 'inProgress') return 'running'
  return status === 'completed' ? { completed: text === '' ? null : text } : { errored: text }
}
