import type { ClientEvent } from '@gangway/client'
import type { ThreadItem } from '@gangway/protocol'
import { expect, it } from 'vitest'
import { JsonlView } from '../../src/exec/jsonl-view.js'
import { emptySession } from '../../src/session/session-shape.js'
import { reduceSession } from '../../src/session/session-state.js'
import { command, completed, openedAnswer, started, threadId, told, turn, words } from '../session/told.js'

/** What the view prints of a turn in which `events` happen. */
function printed(...events: readonly ClientEvent[]): readonly unknown[] {
  const lines: string[] = []
  const view = new JsonlView((line) => lines.push(line))
  let state = reduceSession(emptySession, { type: 'opened', answer: openedAnswer() })
  if (state.thread !== undefined) view.opened(state.thread)
  for (const event of [told('turn/started', { threadId, turn: turn('t1', 'inProgress') }), ...events]) {
    state = reduceSession(state, event)
    view.saw(event, state)
  }
  if (state.lastTurn !== undefined) view.ended(state.lastTurn, state)
  return lines.map((line) => JSON.parse(line) as unknown)
}

const start = [{ type: 'thread.started', thread_id: threadId }, { type: 'turn.started' }]

it('tells an answer when it is done, and a command when it begins and ends, by one number', () => {
  const events = printed(
    started('t1', words('m1', '')),
    completed('t1', words('m1', 'Hello.')),
    started('t1', command('c1', null)),
    completed('t1', command('c1', 'a\n')),
  )

  const item = { id: 'item_1', type: 'command_execution', command: 'ls' }
  expect(events).toEqual([
    ...start,
    { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Hello.' } },
    { type: 'item.started', item: { ...item, aggregated_output: '', exit_code: null, status: 'in_progress' } },
    { type: 'item.completed', item: { ...item, aggregated_output: 'a\n', exit_code: 0, status: 'completed' } },
  ])
})

it('G6: says nothing of lagging', () => {
  const lagged = { type: 'lagged', skipped: 9, byMethod: { 'thread/tokenUsage/updated': 9 } } as const

  expect(printed(lagged)).toEqual(start)
})

it('says nothing of MCP servers that do not start, and everything else that warns as an item', () => {
  const events = printed(
    told('mcpServer/startupStatus/updated', { name: 'bad', status: 'failed', error: 'no such file', threadId }),
    told('warning', { message: 'mind the gap', threadId }),
  )

  expect(events).toEqual([
    ...start,
    { type: 'item.completed', item: { id: 'item_0', type: 'error', message: 'mind the gap' } },
  ])
})

it('tells a plan as it changes, and as done when the turn ends', () => {
  const plan = (status: 'pending' | 'completed') =>
    told('turn/plan/updated', { threadId, turnId: 't1', plan: [{ step: 'one', status }] })

  const events = printed(
    plan('pending'),
    plan('completed'),
    told('turn/completed', { threadId, turn: turn('t1', 'completed') }),
  )

  const list = (isDone: boolean) => ({ id: 'item_0', type: 'todo_list', items: [{ text: 'one', completed: isDone }] })
  expect(events.slice(2, 5)).toEqual([
    { type: 'item.started', item: list(false) },
    { type: 'item.updated', item: list(true) },
    { type: 'item.completed', item: list(true) },
  ])
})

it('I8: ends with the totals of the thread, and with what the turn took of them', () => {
  const breakdown = {
    totalTokens: 50,
    inputTokens: 40,
    cachedInputTokens: 8,
    outputTokens: 10,
    reasoningOutputTokens: 2,
  }
  const last = { ...breakdown, inputTokens: 30, outputTokens: 6 }
  const usage = { total: breakdown, last, modelContextWindow: null }

  const events = printed(
    told('thread/tokenUsage/updated', { threadId, turnId: 't1', tokenUsage: usage }),
    told('turn/completed', { threadId, turn: turn('t1', 'completed') }),
  )

  expect(events.at(-1)).toEqual({
    type: 'turn.completed',
    usage: {
      input_tokens: 40,
      cached_input_tokens: 8,
      cache_write_input_tokens: 0,
      output_tokens: 10,
      reasoning_output_tokens: 2,
    },
    turn_usage: {
      input_tokens: 30,
      cached_input_tokens: 8,
      cache_write_input_tokens: 0,
      output_tokens: 6,
      reasoning_output_tokens: 2,
    },
  })
})

it('tells each retry, the failure, and that the turn failed', () => {
  const failed = { ...turn('t1', 'failed'), error: { message: 'no more', codexErrorInfo: null } }
  const failure = (message: string, willRetry: boolean) =>
    told('error', {
      threadId,
      turnId: 't1',
      willRetry,
      error: { message, additionalDetails: willRetry ? 'cut' : null },
    })

  const events = printed(
    failure('Reconnecting... 1/1', true),
    failure('no more', false),
    told('turn/completed', { threadId, turn: failed }),
  )

  expect(events.slice(2)).toEqual([
    { type: 'error', message: 'Reconnecting... 1/1 (cut)' },
    { type: 'error', message: 'no more' },
    { type: 'turn.failed', error: { message: 'no more' } },
  ])
})

it('says nothing at the end of a turn that was interrupted', () => {
  expect(printed(told('turn/completed', { threadId, turn: turn('t1', 'interrupted') }))).toEqual(start)
})

it('leaves out the items of other turns, and kinds that scripts do not know', () => {
  const compaction: ThreadItem = { type: 'contextCompaction', id: 'x' }

  expect(printed(completed('t0', words('m0', 'Before.')), completed('t1', compaction))).toEqual(start)
})

it('tells the call of an MCP tool with what it gave back', () => {
  const call = { type: 'mcpToolCall', id: 'x', server: 's', tool: 't', arguments: { a: 1 } } as const
  const result = { content: [{ type: 'text', text: 'yes' }], structuredContent: null }

  const events = printed(
    started('t1', { ...call, status: 'inProgress' }),
    completed('t1', { ...call, status: 'completed', result }),
  )

  const item = { id: 'item_0', type: 'mcp_tool_call', server: 's', tool: 't', arguments: { a: 1 }, error: null }
  expect(events.slice(2)).toEqual([
    { type: 'item.started', item: { ...item, result: null, status: 'in_progress' } },
    {
      type: 'item.completed',
      item: {
        ...item,
        result: { content: [{ type: 'text', text: 'yes' }], structured_content: null },
        status: 'completed',
      },
    },
  ])
})
