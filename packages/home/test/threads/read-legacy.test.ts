import { appendFileSync } from 'node:fs'
import { readThread } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import {
  answered,
  completed,
  event,
  item,
  type Line,
  lineText,
  reply,
  said,
  started,
  temporaryHome,
  threadId,
  writeThread,
} from './rollout.js'

const read = async (lines: readonly Line[]) =>
  (await readThread(writeThread(temporaryHome(), threadId(1), lines))).turns
const typesOf = (turns: Awaited<ReturnType<typeof read>>) => turns.map((turn) => turn.items.map(({ type }) => type))
const noTimes = { startedAtMs: null, completedAtMs: null }

describe('the turns of a legacy rollout', () => {
  it('are those that were said to start and end, with what was said in between', async () => {
    const turns = await read([started('t1'), said('question'), answered('answer'), completed('t1')])

    expect(turns).toEqual([
      {
        id: 't1',
        rootTurnId: 't1',
        itemsView: 'full',
        status: 'completed',
        error: null,
        startedAt: 1_772_600_767,
        completedAt: 1_772_600_769,
        durationMs: 2_000,
        items: [
          {
            type: 'userMessage',
            id: 'item-1',
            clientId: null,
            content: [{ type: 'text', text: 'question', text_elements: [] }],
            ...noTimes,
          },
          {
            type: 'agentMessage',
            moderation: null,
            id: 'item-2',
            text: 'answer',
            phase: null,
            memoryCitation: null,
            delivery: null,
            questions: null,
            ...noTimes,
          },
        ],
      },
    ])
  })

  it('begin with each user message, and are named after its line, where none was said to start', async () => {
    const turns = await read([said('one'), reply({ type: 'message' }), answered('a'), said('two')])

    expect(turns.map(({ id, status }) => [id, status])).toEqual([
      ['rollout-1', 'completed'],
      ['rollout-4', 'completed'],
    ])
    expect(turns.flatMap((turn) => turn.items.map(({ id }) => id))).toEqual(['item-1', 'item-2', 'item-3'])
  })

  it('keep further user messages of a turn that was said to start', async () => {
    expect(typesOf(await read([started('t1'), said('one'), said('two'), completed('t1')]))).toEqual([
      ['userMessage', 'userMessage'],
    ])
  })

  it('are interrupted when they were aborted or never ended, unless the last one may be running', async () => {
    const lines = [
      started('t1'),
      said('a'),
      event({ type: 'turn_aborted', turn_id: 't1' }),
      started('t2'),
      started('t3'),
    ]
    const path = writeThread(temporaryHome(), threadId(1), lines)

    const cold = await readThread(path)
    const live = await readThread(path, { isLive: true })

    expect(cold.turns.map(({ status }) => status)).toEqual(['interrupted', 'interrupted', 'interrupted'])
    expect(live.turns.map(({ status }) => status)).toEqual(['interrupted', 'interrupted', 'inProgress'])
  })

  it('failed with the error that their end names', async () => {
    const error = { message: 'bad', codex_error_info: { http_connection_failed: { http_status_code: 500 } } }
    const [turn] = await read([started('t1'), event({ type: 'task_complete', turn_id: 't1', error })])

    expect(turn).toMatchObject({
      status: 'failed',
      error: { message: 'bad', codexErrorInfo: { httpConnectionFailed: { httpStatusCode: 500 } } },
    })
  })

  it('are without those that were rolled back, and count their items on from there', async () => {
    const turn = (id: string, text: string) => [started(id), said(text), answered(text), completed(id)]
    const turns = await read([
      ...turn('t1', 'a'),
      ...turn('t2', 'b'),
      event({ type: 'thread_rolled_back', num_turns: 1 }),
      ...turn('t3', 'c'),
    ])

    expect(turns.map(({ id }) => id)).toEqual(['t1', 't3'])
    expect(turns[1]!.items.map(({ id }) => id)).toEqual(['item-3', 'item-4'])
  })

  it('hold a compaction where it happened, in a turn of its own when none was open', async () => {
    const turns = await read([
      started('t1'),
      said('a'),
      completed('t1'),
      { type: 'compacted', payload: { message: 'summary' } },
      event({ type: 'context_compacted' }),
      started('t2'),
    ])

    expect(turns.map(({ id, items }) => [id, items.map(({ type }) => type)])).toEqual([
      ['t1', ['userMessage']],
      ['rollout-4', ['contextCompaction']],
      ['t2', []],
    ])
  })
})

describe('the items of a legacy rollout', () => {
  it('join thoughts that follow each other', async () => {
    const [turn] = await read([
      started('t1'),
      event({ type: 'agent_reasoning', text: 'a' }),
      event({ type: 'agent_reasoning', text: 'b' }),
      event({ type: 'agent_reasoning_raw_content', text: 'raw' }),
      answered('x'),
      event({ type: 'agent_reasoning', text: 'c' }),
    ])

    expect(turn!.items).toMatchObject([
      { type: 'reasoning', id: 'item-1', summary: ['a', 'b'], content: ['raw'] },
      { type: 'agentMessage' },
      { type: 'reasoning', id: 'item-3', summary: ['c'], content: [] },
    ])
  })

  it('show changes of files in the order of their paths, with a note where one moved', async () => {
    const changes = {
      '/w/z': { type: 'add', content: 'z\n' },
      '/w/a': { type: 'update', unified_diff: '@@ -1 +1 @@\n-a\n+b\n', move_path: '/w/b' },
    }
    const [turn] = await read([
      said('u'),
      event({ type: 'patch_apply_end', call_id: 'p1', changes, status: 'completed' }),
    ])

    expect(turn!.items[1]).toEqual({
      type: 'fileChange',
      id: 'p1',
      status: 'completed',
      changes: [
        {
          path: '/w/a',
          kind: { type: 'update', move_path: '/w/b' },
          diff: '@@ -1 +1 @@\n-a\n+b\n\n\nMoved to: /w/b',
        },
        { path: '/w/z', kind: { type: 'add' }, diff: 'z\n' },
      ],
      ...noTimes,
    })
  })

  it('tell an MCP call that failed from one that worked', async () => {
    const call = (id: string, result: unknown) =>
      event({
        type: 'mcp_tool_call_end',
        call_id: id,
        invocation: { server: 's', tool: 't' },
        result,
        duration: { secs: 1, nanos: 5e6 },
      })
    const [turn] = await read([
      said('u'),
      call('m1', { Ok: { content: [] } }),
      call('m2', { Err: 'no' }),
      call('m3', { Ok: { content: [], is_error: true } }),
    ])

    expect(turn!.items.slice(1)).toMatchObject([
      {
        id: 'm1',
        status: 'completed',
        error: null,
        durationMs: 1_005,
        result: { content: [], structuredContent: null },
      },
      { id: 'm2', status: 'failed', error: { message: 'no' }, result: null },
      { id: 'm3', status: 'failed', error: null },
    ])
  })

  it('F4: show commands and dynamic tool calls, which the reference leaves out', async () => {
    const [turn] = await read([
      said('u'),
      event({
        type: 'exec_command_end',
        call_id: 'c1',
        command: ['bash', '-lc', 'ls'],
        cwd: '/w',
        aggregated_output: 'a',
        exit_code: 0,
        status: 'completed',
      }),
      event({ type: 'dynamic_tool_call_response', call_id: 'd1', tool: 'Read', arguments: { f: 1 }, success: true }),
    ])

    expect(turn!.items.slice(1)).toMatchObject([
      { type: 'commandExecution', command: 'bash -lc ls', source: 'agent', status: 'completed', aggregatedOutput: 'a' },
      { type: 'dynamicToolCall', tool: 'Read', status: 'completed' },
    ])
  })

  it('are found whatever garbage stands between them', async () => {
    const path = writeThread(temporaryHome(), threadId(1), [started('t1'), said('u')])
    appendFileSync(path, `nonsense\n{"type":"weird","payload":{}}\n${lineText(event({ type: 'unheard_of' }))}`)
    appendFileSync(
      path,
      lineText(event({ type: 'item_completed' })) + lineText(event({ type: 'user_message', message: 5 })),
    )
    appendFileSync(path, `${lineText(answered('still here'))}{"timestamp":"2026-03-04T05:06:07.000Z","type":"ev`)

    const { turns, garbageLines } = await readThread(path)

    expect(turns[0]!.items.at(-1)).toMatchObject({ text: 'still here' })
    expect(garbageLines).toBe(2)
  })
})

describe('a rollout that tells of items twice', () => {
  const user = { type: 'UserMessage', id: 'u1', content: [{ type: 'text', text: 'u', text_elements: [] }] }
  const agent = (id: string, text: string) => ({ type: 'AgentMessage', id, content: [{ type: 'Text', text }] })

  it('shows each once, with all that the whole item says', async () => {
    const [turn] = await read([
      started('t1'),
      said('u'),
      item('t1', user),
      event({ type: 'agent_reasoning', text: 'thought' }),
      item('t1', { type: 'Reasoning', id: 'r1', summary_text: ['thought'], raw_content: [] }),
      item('t1', {
        type: 'CommandExecution',
        id: 'c1',
        command: ['ls'],
        cwd: 'file:///w',
        parsed_cmd: [],
        status: 'completed',
      }),
      event({ type: 'patch_apply_end', call_id: 'f1', changes: {}, status: 'completed' }),
      item('t1', { type: 'FileChange', id: 'f1', changes: {}, status: 'completed' }),
      answered('same'),
      item('t1', agent('a1', 'same')),
      answered('same'),
      item('t1', agent('a2', 'same')),
      completed('t1'),
    ])

    expect(turn!.items.map(({ id, startedAtMs }) => [id, startedAtMs])).toEqual([
      ['u1', 1],
      ['r1', 1],
      ['c1', 1],
      ['f1', 1],
      ['a1', 1],
      ['a2', 1],
    ])
  })

  it('shows each once in either order, and what only one of the two forms tells', async () => {
    const [turn] = await read([
      started('t1'),
      item('t1', user),
      said('u'),
      item('t1', agent('a1', 'whole')),
      answered('event only'),
      answered('whole'),
      event({ type: 'agent_reasoning', text: 'a' }),
      answered('between'),
      event({ type: 'agent_reasoning', text: 'b' }),
      item('t1', { type: 'Reasoning', id: 'r1', summary_text: ['a', 'b'], raw_content: [] }),
    ])

    expect(turn!.items.map(({ id, text }) => text ?? id)).toEqual(['u1', 'whole', 'event only', 'r1', 'between'])
  })
})
