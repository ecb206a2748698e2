import { join } from 'node:path'
import { parseRolloutName, readThread, readThreadHead } from '@gangway/home'
import { expect, it } from 'vitest'
import {
  answered,
  completed,
  event,
  item,
  type Line,
  said,
  started,
  temporaryHome,
  threadId,
  writeThread,
} from './rollout.js'

const paginated = { meta: { history_mode: 'paginated' } }
const read = async (lines: readonly Line[]) =>
  (await readThread(writeThread(temporaryHome(), threadId(1), lines, paginated))).turns
const times = { startedAtMs: 1, completedAtMs: 2 }

it('shows every kind of item as the wire does', async () => {
  const content = [
    { type: 'text', text: 'see @x', text_elements: [{ byte_range: { start: 4, end: 6 }, placeholder: '@x' }] },
    { type: 'image', image_url: 'data:image/png;base64,AA==' },
    { type: 'local_image', path: '/w/p.png' },
    { type: 'mention', name: 'm', path: 'app://m' },
  ]
  const [turn] = await read([
    started('t1'),
    item('t1', { type: 'UserMessage', id: 'u1', client_id: 'mine', content }),
    item('t1', { type: 'Reasoning', id: 'r1', summary_text: ['s'], raw_content: ['c'] }),
    item('t1', {
      type: 'CommandExecution',
      id: 'c1',
      process_id: '7',
      command: ['/bin/bash', '-lc', "echo 'a b' | head -1"],
      cwd: 'file:///w/with%20blank',
      parsed_cmd: [
        { type: 'list_files', cmd: 'ls', path: null },
        { type: 'search', cmd: 'rg x', query: 'x', path: 'd' },
        { type: 'read', cmd: 'cat a', name: 'a', path: 'a' },
        { type: 'unknown', cmd: 'z' },
      ],
      source: 'unified_exec_startup',
      status: 'failed',
      aggregated_output: '',
      exit_code: 3,
      duration: { secs: 1, nanos: 999_999_999 },
    }),
    item('t1', {
      type: 'McpToolCall',
      id: 'm1',
      server: 's',
      tool: 't',
      arguments: null,
      status: 'failed',
      error: { message: 'no' },
    }),
    item('t1', {
      type: 'DynamicToolCall',
      id: 'd1',
      tool: 'l',
      arguments: { a: 1 },
      status: 'completed',
      success: true,
    }),
    item('t1', { type: 'WebSearch', id: 'w1', query: 'q', action: { type: 'open_page', url: 'u' } }),
    item('t1', { type: 'ImageView', id: 'i1', path: 'file:///w/p.png' }),
    item('t1', { type: 'ContextCompaction', id: 'k1' }),
    item('t1', { type: 'EnteredReviewMode', id: 'e1', user_facing_hint: 'current changes' }),
    item('t1', { type: 'ExitedReviewMode', id: 'x1', review_output: { findings: [], overall_explanation: 'fine' } }),
    item('t1', { type: 'SubAgentActivity', id: 's1', kind: 'started', agent_thread_id: 'x', agent_path: '/root/a' }),
    completed('t1'),
  ])

  expect(turn!.items).toEqual([
    {
      type: 'userMessage',
      id: 'u1',
      clientId: 'mine',
      content: [
        { type: 'text', text: 'see @x', text_elements: [{ byteRange: { start: 4, end: 6 }, placeholder: '@x' }] },
        { type: 'image', url: 'data:image/png;base64,AA==', detail: null },
        { type: 'localImage', detail: null, path: '/w/p.png' },
        { type: 'mention', name: 'm', path: 'app://m' },
      ],
      ...times,
    },
    { type: 'reasoning', id: 'r1', summary: ['s'], content: ['c'], ...times },
    {
      type: 'commandExecution',
      id: 'c1',
      pluginId: null,
      scriptPath: null,
      command: `/bin/bash -lc "echo 'a b' | head -1"`,
      cwd: '/w/with blank',
      processId: '7',
      source: 'unifiedExecStartup',
      status: 'failed',
      commandActions: [
        { type: 'listFiles', command: 'ls', path: null },
        { type: 'search', command: 'rg x', query: 'x', path: 'd' },
        { type: 'read', command: 'cat a', name: 'a', path: 'a' },
        { type: 'unknown', command: 'z' },
      ],
      aggregatedOutput: null,
      exitCode: 3,
      durationMs: 1_999,
      ...times,
    },
    {
      type: 'mcpToolCall',
      id: 'm1',
      server: 's',
      tool: 't',
      status: 'failed',
      arguments: null,
      appContext: null,
      mcpAppUi: null,
      pluginId: null,
      readOnlyHint: null,
      result: null,
      error: { message: 'no' },
      durationMs: null,
      ...times,
    },
    {
      type: 'dynamicToolCall',
      id: 'd1',
      namespace: null,
      tool: 'l',
      arguments: { a: 1 },
      status: 'completed',
      contentItems: null,
      success: true,
      durationMs: null,
      ...times,
    },
    { type: 'webSearch', id: 'w1', query: 'q', action: { type: 'openPage', url: 'u' }, results: null, ...times },
    { type: 'imageView', id: 'i1', path: '/w/p.png', ...times },
    { type: 'contextCompaction', id: 'k1', ...times },
    { type: 'enteredReviewMode', id: 'e1', review: 'current changes', ...times },
    { type: 'exitedReviewMode', id: 'x1', review: 'fine', ...times },
    { type: 'subAgentActivity', id: 's1', kind: 'started', agentThreadId: 'x', agentPath: '/root/a', ...times },
  ])
})

it('shows an item that is told of again in its first place, as it was told last', async () => {
  const agent = (id: string, text: string) =>
    item('t1', { type: 'AgentMessage', id, content: [{ type: 'Text', text }] })

  const [turn] = await read([started('t1'), agent('a', 'x'), agent('b', 'y'), agent('a', 'z')])

  expect(turn!.items.map(({ text }) => text)).toEqual(['z', 'y'])
})

it('puts a turn where it started or ended, not where its first item stands', async () => {
  const turns = await read([
    item('outer', { type: 'EnteredReviewMode', id: 'e1' }),
    started('inner'),
    event({ type: 'task_complete', turn_id: 'outer', root_turn_id: 'outer', started_at: 5, completed_at: 6 }),
  ])

  expect(turns.map(({ id, status, startedAt }) => [id, status, startedAt])).toEqual([
    ['inner', 'interrupted', 1_772_600_767],
    ['outer', 'completed', 5],
  ])
})

it('F3: shows paginated rollouts without ordinals, and both forms at once', async () => {
  const layout = temporaryHome()
  const lines = [started('t1'), item('t1', { type: 'Plan', id: 'p', text: 'plan' }), completed('t1')]
  const unnumbered = writeThread(layout, threadId(1), lines, { meta: { history_mode: 'paginated' } })
  const legacyEvents = writeThread(layout, threadId(2), [started('t1'), said('u'), answered('a')], paginated)

  expect((await readThread(unnumbered)).items.map(({ item }) => item.type)).toEqual(['plan'])
  expect((await readThread(legacyEvents)).items.map(({ item }) => item.type)).toEqual(['userMessage', 'agentMessage'])
})

it('reads a fork with what it took along, and a thread that was taken back without the rest', async () => {
  const layout = temporaryHome()
  const turn = (id: string, text: string) => [
    started(id),
    item(id, { type: 'UserMessage', id: `${id}u`, content: [{ type: 'text', text, text_elements: [] }] }),
    completed(id),
  ]
  const original = writeThread(layout, threadId(1), [...turn('t1', 'one'), ...turn('t2', 'two')], paginated)
  const base = (fileId: string, end: number) => ({
    history_mode: 'paginated',
    history_base: { thread_id: fileId, end_ordinal_exclusive: end, end_byte_offset: null },
  })
  const numbered = (lines: readonly Line[], from: number) => lines.map((line, at) => ({ ...line, ordinal: from + at }))
  const revision = threadId(101)
  const taken = writeThread(layout, threadId(1), numbered(turn('t3', 'three'), 5), {
    meta: base(threadId(1), 4),
    revisionId: revision,
  })
  const again = writeThread(layout, threadId(1), numbered(turn('t4', 'four'), 9), {
    meta: base(revision, 8),
    revisionId: threadId(102),
  })
  const fork = writeThread(layout, threadId(2), numbered(turn('t5', 'five'), 8), { meta: base(threadId(1), 7) })
  const files = [original, taken, again, fork]
  const fileOf = (fileId: string) =>
    files.find((path) => {
      const name = parseRolloutName(path)!
      return (name.revisionId ?? name.threadId) === fileId
    })
  const turnsOf = async (path: string) => (await readThread(path, { fileOf })).turns.map(({ id }) => id)

  expect(await turnsOf(taken)).toEqual(['t1', 't3'])
  expect(await turnsOf(again)).toEqual(['t1', 't3', 't4'])
  expect(await turnsOf(fork)).toEqual(['t1', 't2', 't5'])
  expect((await readThread(fork)).turns.map(({ id }) => id)).toEqual(['t5'])
  expect(readThreadHead(again)).toMatchObject({ id: threadId(1), revisionId: threadId(102) })
})

it('gives up when its signal says so', async () => {
  const path = writeThread(temporaryHome(), threadId(1), [said('u')])

  await expect(readThread(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})

it('throws for a file that is not there', async () => {
  await expect(readThread(join(temporaryHome().root, 'none.jsonl'))).rejects.toThrow('ENOENT')
})
