import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../src/session.js'
import { call, pixel, rendered, responses, result, shown, startMs, threadId, user } from './sample-session.js'

type Result = Partial<Extract<SessionEvent, { type: 'toolResult' }>>

/** Lines of one call with one result, two seconds later, in a turn `imported-turn-u`. */
function run(tool: string, input: unknown, text = 'out', more: Result = {}) {
  const lines = rendered([user('u', 'go'), call('t1', tool, input, 1), result('t1', text, 3, more)], {
    subagentThread: () => 'helper-thread',
  })
  const [, callItem, output] = responses(lines)
  const [, ...items] = shown(lines)
  return { callItem, output, items }
}

const declined = "The user doesn't want to proceed with this tool use. The tool use was rejected."
const times = { started_at_ms: startMs + 1000, completed_at_ms: startMs + 3000 }
const whole = (item: object) => [
  { type: 'item_completed', thread_id: threadId, turn_id: 'imported-turn-u', item, ...times },
]
const execution = (more: object) => ({
  type: 'CommandExecution',
  id: 't1',
  cwd: 'file:///home/ann/app',
  source: 'agent',
  status: 'completed',
  aggregated_output: 'out',
  exit_code: null,
  duration: { secs: 2, nanos: 0 },
  ...more,
})

describe('commands', () => {
  it('D3: gives the model the command tool it knows, and keeps beside the item what that has no place for', () => {
    const { callItem, output, items } = run('Bash', { command: 'ls', description: 'List', timeout: 5 })

    expect(callItem).toEqual({ type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}', call_id: 't1' })
    expect(output).toEqual({ type: 'function_call_output', call_id: 't1', output: 'out' })
    expect(items).toEqual(
      whole(
        execution({
          command: ['bash', '-lc', 'ls'],
          parsed_cmd: [{ type: 'unknown', cmd: 'ls' }],
          exit_code: 0,
          source_tool: 'Bash',
          source_input: { description: 'List', timeout: 5 },
        }),
      ),
    )
  })

  it('reads the exit code of a command that failed', () => {
    const { items, output } = run('Bash', { command: 'false' }, 'Exit code 3\nno', { isError: true })

    expect(items[0]?.item).toMatchObject({ status: 'failed', exit_code: 3, aggregated_output: 'Exit code 3\nno' })
    expect(output).toMatchObject({ output: 'Exit code 3\nno' })
  })

  it('shows a command that the person declined as declined', () => {
    const { items, output } = run('Bash', { command: 'rm' }, declined, { isError: true })

    expect(items[0]?.item).toMatchObject({ status: 'declined', exit_code: null })
    expect(output).toMatchObject({ output: declined })
  })

  it('claims no exit code where the log does not let it be known', () => {
    const codes = [{ interrupted: true }, { backgroundTaskId: 'b1' }, { returnCodeInterpretation: 'No matches' }].map(
      (details) => run('Bash', { command: 'x' }, 'out', { details }).items[0]?.item,
    )

    for (const item of codes) expect(item).toMatchObject({ exit_code: null })
  })

  it('takes what was printed from the structured result when the text is empty', () => {
    const { output } = run('Bash', { command: 'x' }, '', { details: { stdout: 'a', stderr: 'b' } })

    expect(output).toMatchObject({ output: 'a\nb' })
  })

  it('shows a look at a background command as such', () => {
    const { callItem, items } = run('BashOutput', { bash_id: 'b1' })

    expect(callItem).toMatchObject({ name: 'BashOutput', arguments: '{"bash_id":"b1"}' })
    expect(items[0]?.item).toMatchObject({ source: 'unified_exec_interaction', command: ['BashOutput', 'b1'] })
  })
})

describe('looking at files', () => {
  it.each([
    [
      'Read',
      { file_path: '/a/b.ts' },
      ['Read', '/a/b.ts'],
      { type: 'read', cmd: 'Read /a/b.ts', name: 'b.ts', path: '/a/b.ts' },
    ],
    [
      'Grep',
      { pattern: 'x', path: 'src' },
      ['Grep', 'x', 'src'],
      { type: 'search', cmd: 'Grep x src', query: 'x', path: 'src' },
    ],
    ['Glob', { pattern: '*.ts' }, ['Glob', '*.ts'], { type: 'search', cmd: 'Glob *.ts', query: '*.ts', path: null }],
    ['LS', { path: '/a' }, ['LS', '/a'], { type: 'list_files', cmd: 'LS /a', path: '/a' }],
  ])('shows %s as what it did, in its own words', (tool, input, command, action) => {
    const { callItem, items } = run(tool, input)

    expect(callItem).toEqual({ type: 'function_call', name: tool, arguments: JSON.stringify(input), call_id: 't1' })
    expect(items).toEqual(whole(execution({ command, parsed_cmd: [action] })))
  })

  it('shows a picture that was read as a picture, and gives it to the model', () => {
    const { items, output } = run('Read', { file_path: '/a/b.png' }, '', { images: [pixel] })

    expect(items).toEqual(whole({ type: 'ImageView', id: 't1', path: 'file:///a/b.png' }))
    expect(output?.output).toEqual([{ type: 'input_image', image_url: `data:image/png;base64,${pixel.base64}` }])
  })
})

describe('changes of files', () => {
  const hunk = { oldStart: 5, oldLines: 1, newStart: 5, newLines: 2, lines: ['-a', '+b', '+c'] }
  const edit = { file_path: '/a/f.ts', old_string: 'a', new_string: 'b\nc' }
  const changed = (change: object, more: object = {}) => [
    {
      type: 'patch_apply_end',
      call_id: 't1',
      turn_id: 'imported-turn-u',
      success: true,
      changes: { '/a/f.ts': change },
      status: 'completed',
      stdout: '',
      stderr: '',
      ...times,
      ...more,
    },
  ]
  const update = (unified_diff: string) => ({ type: 'update', unified_diff, move_path: null })

  it('D3: takes the diff of an edit from the log, and gives the model the whole edit', () => {
    const { callItem, items } = run('Edit', edit, 'ok', { details: { structuredPatch: [hunk], originalFile: 'x' } })

    expect(callItem).toMatchObject({ name: 'Edit', arguments: JSON.stringify(edit) })
    expect(items).toEqual(changed(update('@@ -5 +5,2 @@\n-a\n+b\n+c\n')))
  })

  it('makes the diff from the file as it was where the log has no hunks', () => {
    const { items } = run('Edit', edit, 'ok', { details: { originalFile: '1\n2\n3\n4\na\n6\n' } })

    expect(items).toEqual(changed(update('@@ -2,5 +2,6 @@\n 2\n 3\n 4\n-a\n+b\n+c\n 6\n')))
  })

  it('makes the diff from the words that were replaced where the log has nothing else', () => {
    expect(run('Edit', edit).items).toEqual(changed(update('@@ -1 +1,2 @@\n-a\n+b\n+c\n')))
  })

  it('makes one diff of several edits in one file', () => {
    const edits = [
      { old_string: 'one', new_string: '1' },
      { old_string: 'two', new_string: '2', replace_all: true },
    ]
    const { items } = run('MultiEdit', { file_path: '/a/f.ts', edits }, 'ok', {
      details: { originalFile: 'one\ntwo\ntwo\n' },
    })

    expect(items).toEqual(changed(update('@@ -1,3 +1,3 @@\n-one\n-two\n-two\n+1\n+2\n+2\n')))
  })

  it('shows a new file with its content', () => {
    const { items } = run('Write', { file_path: '/a/f.ts', content: 'x\n' }, 'ok', { details: { type: 'create' } })

    expect(items).toEqual(changed({ type: 'add', content: 'x\n' }))
  })

  it('shows a file that was written over as a change of it', () => {
    const { items } = run('Write', { file_path: '/a/f.ts', content: 'y\n' }, 'ok', { details: { originalFile: 'x\n' } })

    expect(items).toEqual(changed(update('@@ -1 +1 @@\n-x\n+y\n')))
  })

  it('puts a relative path below the folder of the session', () => {
    const { items } = run('NotebookEdit', { notebook_path: 'n.ipynb', new_source: 'x' })

    expect(items[0]?.changes).toEqual({ '/home/ann/app/n.ipynb': update('@@ -0,0 +1 @@\n+x\n') })
  })

  it.each([
    ['declined', declined],
    ['failed', 'String to replace not found'],
  ])('shows an edit that was %s as such, with what was meant', (status, text) => {
    const { items } = run('Edit', edit, text, { isError: true })

    expect(items).toEqual(changed(update('@@ -1 +1,2 @@\n-a\n+b\n+c\n'), { success: false, status, stderr: text }))
  })
})

describe('plans', () => {
  const todos = [
    { content: 'one', status: 'completed', activeForm: 'Doing one' },
    { content: 'two', status: 'in_progress', activeForm: 'Doing two' },
    { content: 'three', status: 'pending', activeForm: 'Doing three' },
  ]

  it('makes a list of what is to do a plan of the new agent', () => {
    const { callItem, items } = run('TodoWrite', { todos })

    expect(callItem).toMatchObject({
      name: 'update_plan',
      arguments:
        '{"plan":[{"step":"one","status":"completed"},{"step":"two","status":"in_progress"},{"step":"three","status":"pending"}]}',
    })
    expect(items).toEqual(whole({ type: 'Plan', id: 't1', text: '- [x] one\n- [ ] two (in progress)\n- [ ] three' }))
  })

  it('shows a proposed plan in full', () => {
    expect(run('ExitPlanMode', { plan: '# P' }).items).toEqual(whole({ type: 'Plan', id: 't1', text: '# P' }))
  })
})

describe('the web', () => {
  it('shows a search with the pages it found', () => {
    const page = { title: 'Cats', url: 'https://cats.example' }
    const { items } = run('WebSearch', { query: 'cats' }, 'text', {
      details: { results: [{ content: [page, 7] }, 'words'] },
    })

    expect(items).toEqual([
      {
        type: 'web_search_end',
        call_id: 't1',
        query: 'cats',
        action: { type: 'search', query: 'cats' },
        results: [page],
        ...times,
      },
    ])
  })

  it('shows a page that was fetched, with what was made of it', () => {
    const { items } = run('WebFetch', { url: 'https://a.example', prompt: 'p' }, 'about A')

    expect(items).toEqual([
      {
        type: 'web_search_end',
        call_id: 't1',
        query: 'https://a.example',
        action: { type: 'open_page', url: 'https://a.example' },
        results: [{ type: 'text', text: 'about A' }],
        ...times,
      },
    ])
  })
})

describe('other tools', () => {
  const ended = (result: object) => [
    {
      type: 'mcp_tool_call_end',
      call_id: 't1',
      turn_id: 'imported-turn-u',
      invocation: { server: 'git_hub', tool: 'get__issue', arguments: { n: 1 } },
      duration: { secs: 2, nanos: 0 },
      result: { Ok: result },
      ...times,
    },
  ]

  it('shows the call of an MCP tool with its result, pictures included', () => {
    const { callItem, items } = run('mcp__git_hub__get__issue', { n: 1 }, 'out', { images: [pixel] })

    expect(callItem).toMatchObject({ name: 'mcp__git_hub__get__issue', arguments: '{"n":1}' })
    expect(items).toEqual(
      ended({
        content: [
          { type: 'text', text: 'out' },
          { type: 'image', data: pixel.base64, mimeType: 'image/png' },
        ],
      }),
    )
  })

  it('keeps the failure of an MCP tool, and says it to the model where the words do not', () => {
    const { items, output } = run('mcp__git_hub__get__issue', { n: 1 }, 'nope', { isError: true })

    expect(items).toEqual(ended({ content: [{ type: 'text', text: 'nope' }], isError: true }))
    expect(output).toMatchObject({ output: 'Error: nope' })
  })

  it('shows a tool that it does not know with everything it was given and gave', () => {
    const { callItem, items } = run('Ask User?', { q: 1 }, 'two', { images: [pixel] })

    expect(callItem).toMatchObject({ name: 'Ask_User_', arguments: '{"q":1}' })
    expect(items).toEqual(
      whole({
        type: 'DynamicToolCall',
        id: 't1',
        namespace: null,
        tool: 'Ask User?',
        arguments: { q: 1 },
        status: 'completed',
        content_items: [
          { type: 'inputText', text: 'two' },
          { type: 'inputImage', imageUrl: `data:image/png;base64,${pixel.base64}` },
        ],
        success: true,
        duration: { secs: 2, nanos: 0 },
      }),
    )
  })
})

describe('helper agents', () => {
  const helper = { type: 'subagent', callId: 't1', path: '/x.jsonl', atMs: startMs + 2000 } as const
  const item = (threads: string[], states: object) => ({
    type: 'CollabAgentToolCall',
    id: 't1',
    tool: 'spawn_agent',
    status: 'completed',
    sender_thread_id: threadId,
    receiver_thread_ids: threads,
    prompt: 'look',
    model: null,
    reasoning_effort: null,
    agents_states: states,
  })

  it.each(['before', 'after'])(
    'D7: links the call to the thread of the helper that is named %s its result',
    (place) => {
      const answer = result('t1', 'found', 3)
      const events = place === 'before' ? [helper, answer] : [answer, helper]
      const lines = rendered([user('u', 'go'), call('t1', 'Task', { prompt: 'look' }, 1), ...events], {
        subagentThread: () => 'h',
      })

      expect(shown(lines).at(-1)?.item).toEqual(item(['h'], { h: { completed: 'found' } }))
    },
  )

  it('shows the call without a link when the helper has no thread', () => {
    const lines = rendered([
      user('u', 'go'),
      call('t1', 'Task', { prompt: 'look' }, 1),
      helper,
      result('t1', 'found', 3),
    ])

    expect(shown(lines).at(-1)?.item).toEqual(item([], {}))
  })
})

describe('calls and results that do not pair', () => {
  it('ends a call as not answered when the next turn begins', () => {
    const lines = rendered([user('u', 'go'), call('t1', 'Bash', { command: 'x' }), user('u2', 'on')])

    expect(responses(lines)[2]).toEqual({ type: 'function_call_output', call_id: 't1', output: 'aborted' })
    expect(shown(lines)[1]?.item).toMatchObject({ id: 't1', status: 'failed' })
  })

  it('leaves a call open that the log ends with, and shows it as under way', () => {
    const lines = rendered([user('u', 'go'), call('t1', 'Bash', { command: 'x' })])

    expect(responses(lines).map(({ type }) => type)).toEqual(['message', 'function_call'])
    expect(shown(lines)[1]?.item).toMatchObject({ id: 't1', status: 'in_progress' })
  })

  it('gives a call to a result whose call is missing', () => {
    const lines = rendered([user('u', 'go'), result('t9', 'lost')])

    expect(responses(lines).slice(1)).toEqual([
      { type: 'function_call', name: 'unknown', arguments: '{}', call_id: 't9-result' },
      { type: 'function_call_output', call_id: 't9-result', output: 'lost' },
    ])
  })

  it('tells two calls with one id apart', () => {
    const lines = rendered([
      user('u', 'go'),
      call('t', 'Bash', {}),
      result('t', 'a'),
      call('t', 'Bash', {}),
      result('t', 'b'),
    ])

    expect(
      responses(lines)
        .slice(1)
        .map(({ call_id }) => call_id),
    ).toEqual(['t', 't', 't-2', 't-2'])
  })

  it('shortens an id that model servers would refuse', () => {
    const lines = rendered([user('u', 'go'), call('x'.repeat(100), 'Bash', {}), result('x'.repeat(100), 'a')])
    const [, first, second] = responses(lines)

    expect(String(first?.call_id)).toMatch(/^call_[0-9a-f]{40}$/)
    expect(second?.call_id).toBe(first?.call_id)
  })
})
