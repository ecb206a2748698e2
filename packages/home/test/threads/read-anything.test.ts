import { readThread, readThreadHead, ThreadPages } from '@gangway/home'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { write } from '../folder.js'
import { temporaryHome, threadId, writeThread } from './rollout.js'

const lineTypes = ['session_meta', 'event_msg', 'response_item', 'turn_context', 'compacted', 'unheard_of']
const eventTypes = [
  'task_started',
  'task_complete',
  'turn_aborted',
  'thread_rolled_back',
  'user_message',
  'agent_message',
  'agent_reasoning',
  'exec_command_end',
  'patch_apply_end',
  'mcp_tool_call_end',
  'web_search_end',
  'exited_review_mode',
  'item_completed',
]
const itemTypes = [
  'UserMessage',
  'AgentMessage',
  'Reasoning',
  'CommandExecution',
  'FileChange',
  'McpToolCall',
  'ExitedReviewMode',
  'X',
]
const anything = fc.jsonValue({ maxDepth: 3 })
const mostly = <T>(likely: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: likely as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything })

const member = fc.constantFrom(
  'content',
  'changes',
  'result',
  'invocation',
  'summary_text',
  'command',
  'duration',
  'review_output',
  'images',
  'parsed_cmd',
  'action',
  'cwd',
)
const loose = fc.dictionary(member, anything, { maxKeys: 4 })
const item = fc
  .tuple(loose, fc.constantFrom(...itemTypes), mostly(fc.constantFrom('i1', 'i2')))
  .map(([rest, type, id]) => ({ ...rest, type, id }))
const payload = fc
  .tuple(
    loose,
    mostly(fc.constantFrom(...eventTypes)),
    mostly(fc.constantFrom('t1', 't2')),
    mostly(item),
    mostly(fc.string()),
    mostly(fc.constantFrom('c1', 'c2')),
    mostly(fc.nat(3)),
  )
  .map(([rest, type, turn_id, content, text, call_id, num_turns]) => ({
    ...rest,
    type,
    turn_id,
    item: content,
    text,
    message: text,
    call_id,
    num_turns,
  }))
const line = fc
  .tuple(mostly(fc.constantFrom(...lineTypes)), mostly(payload))
  .map(([type, content]) => JSON.stringify({ timestamp: 'x', type, payload: content }))

it.each(['legacy', 'paginated'])(
  'never throws for what the lines of a %s thread hold, whole or by pages',
  async (historyMode) => {
    const path = writeThread(temporaryHome(), threadId(1), [], { meta: { history_mode: historyMode } })
    const meta = `{"timestamp":"x","type":"session_meta","payload":{"id":"${threadId(1)}","history_mode":"${historyMode}"}}`

    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        write(path, [meta, ...lines].join('\n'))
        expect(readThreadHead(path).id).toBe(threadId(1))
        const { turns } = await readThread(path)
        const pages = await ThreadPages.open(path)
        expect(await pages.turns(0, turns.length)).toEqual(turns)
        JSON.stringify(turns)
      }),
      { numRuns: 150 },
    )
  },
)
