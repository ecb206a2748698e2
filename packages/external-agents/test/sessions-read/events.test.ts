import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSession } from '../../src/sources/claude-code/sessions/read-session.js'
import { tempTree } from '../core/temp-tree.js'
import { agent, brief, type LogLine, log, readFile, readLog, user } from './session-logs.js'

async function read(...lines: readonly LogLine[]): Promise<string[]> {
  return brief((await readLog(log(...lines))).events)
}

describe('what is said in a session', () => {
  it('gives messages, thinking, calls and results in order, with ids, times and model', async () => {
    const timestamp = '2026-05-01T10:00:01.500Z'
    const { events } = await readLog(
      log(
        user('fix it', { uuid: 'u1', timestamp }),
        agent(
          [
            { type: 'thinking', thinking: 'hm' },
            { type: 'text', text: 'Looking.' },
          ],
          {
            uuid: 'a1',
            message: {
              id: 'm1',
              model: 'model-x',
              content: [
                { type: 'thinking', thinking: 'hm' },
                { type: 'text', text: 'Looking.' },
              ],
            },
          },
        ),
        agent([{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls' } }]),
        user(
          [
            {
              type: 'tool_result',
              tool_use_id: 't1',
              content: [
                { type: 'text', text: 'a' },
                { type: 'text', text: 'b' },
              ],
              is_error: true,
            },
          ],
          {
            toolUseResult: { stdout: 'a\nb', stderr: '' },
          },
        ),
      ),
    )

    const atMs = Date.parse('2026-05-01T10:00:00Z')
    expect(events).toEqual([
      { type: 'userMessage', id: 'u1', atMs: Date.parse(timestamp), text: 'fix it', images: [] },
      { type: 'reasoning', id: 'a1', atMs, text: 'hm' },
      { type: 'agentMessage', id: 'a1:1', atMs, text: 'Looking.', model: 'model-x' },
      { type: 'toolCall', id: 't1', atMs, tool: 'Bash', input: { command: 'ls' } },
      {
        type: 'toolResult',
        callId: 't1',
        atMs,
        text: 'a\nb',
        images: [],
        isError: true,
        details: { stdout: 'a\nb', stderr: '' },
      },
    ])
  })

  it('D2: keeps pictures and documents', async () => {
    const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
    const { events } = await readLog(
      log(
        user([
          picture,
          { type: 'text', text: 'look' },
          { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
        ]),
        user([{ type: 'tool_result', tool_use_id: 't', content: [picture] }]),
        user([{ type: 'document', title: 'spec', source: { type: 'text', media_type: 'text/plain', data: 'words' } }]),
        user([{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } }]),
      ),
    )

    expect(events[0]).toMatchObject({
      type: 'userMessage',
      text: 'look',
      images: [
        { mediaType: 'image/png', base64: 'AAAA' },
        { mediaType: 'image/png', url: 'https://x/y.png' },
      ],
    })
    expect(events[1]).toMatchObject({ type: 'toolResult', images: [{ mediaType: 'image/png', base64: 'AAAA' }] })
    expect(brief(events.slice(2))).toEqual(['document spec text/plain: words', 'document null application/pdf: null'])
  })

  it('D2: gives thinking as reasoning, and counts what was made unreadable', async () => {
    const { events, report } = await readLog(
      log(
        user('q'),
        agent([{ type: 'thinking', thinking: 'one' }]),
        agent([{ type: 'thinking', thinking: '', signature: 's' }]),
        agent([{ type: 'redacted_thinking', data: 'x' }]),
      ),
    )

    expect(brief(events)).toEqual(['userMessage: q', 'reasoning: one'])
    expect(report.facts.map(({ pointer, count }) => [pointer, count])).toEqual([
      ['session:log#user-messages', 1],
      ['session:log#thinking', 1],
      ['session:log#redacted-thinking', 2],
    ])
    expect(report.counts).toEqual({ shown: 2, empty: 2 })
  })

  it('joins the parts of one message of the model that follow each other', async () => {
    const part = (id: string, text: string): LogLine =>
      agent('', { message: { id, content: [{ type: 'text', text }] } })

    expect(
      await read(user('q'), part('m', 'one'), part('m', 'two'), part('n', 'three'), agent('four'), agent('five')),
    ).toEqual([
      'userMessage: q',
      'agentMessage: one\n\ntwo',
      'agentMessage: three',
      'agentMessage: four',
      'agentMessage: five',
    ])
  })

  it("gives calls at the model's side as calls", async () => {
    const events = await read(
      agent([
        { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'q' } },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's1',
          content: [{ type: 'web_search_result', title: 'T', url: 'https://x' }],
        },
        { type: 'mcp_tool_use', id: 's2', name: 'find', server_name: 'docs', input: {} },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's3',
          content: { type: 'web_search_tool_result_error', error_code: 'busy' },
        },
      ]),
    )

    expect(events).toEqual([
      'toolCall web_search s1',
      'toolResult s1: T\nhttps://x',
      'toolCall mcp__docs__find s2',
      'toolResult s3: busy',
    ])
  })

  it('keeps texts in forms that no version writes', async () => {
    expect(await read(agent(['bare', { text: 'typeless' }]), agent({ type: 'text', text: 'no list' }))).toEqual([
      'agentMessage: bare\n\ntypeless',
      'agentMessage: no list',
    ])
  })

  it('shows blocks that it does not know as notes, and counts them', async () => {
    const { events, report } = await readLog(
      log(agent([{ type: 'hologram', data: 1 }]), user([{ type: 'image', source: {} }])),
    )

    expect(brief(events)).toEqual([
      'note unknown-block:hologram: {"type":"hologram","data":1}',
      'note unknown-block:image: {"type":"image","source":{}}',
    ])
    expect(report.facts).toContainEqual(expect.objectContaining({ pointer: 'session:log#unknown-blocks', count: 2 }))
  })

  it('D7: links helper agents to the calls that started them', async () => {
    const start = (id: string, prompt: string): LogLine =>
      agent([{ type: 'tool_use', id, name: 'Task', input: { prompt } }])
    const end = (id: string, toolUseResult: unknown): LogLine =>
      user([{ type: 'tool_result', tool_use_id: id, content: 'ok' }], { toolUseResult })
    const root = tempTree({
      'log.jsonl': log(
        user('go'),
        start('t1', 'by id'),
        start('t2', 'by words'),
        start('t3', 'never ends'),
        end('t2', 'text'),
        end('t1', { agentId: 'one' }),
      ),
      'agent-one.jsonl': log(user('by id', { isSidechain: true })),
      'agent-two.jsonl': log(user('by words', { isSidechain: true })),
      'agent-three.jsonl': log(user([{ type: 'text', text: 'never ends' }], { isSidechain: true })),
      'agent-lost.jsonl': 'garbage',
    })
    const subagentPaths = ['one', 'two', 'three', 'lost'].map((name) => join(root, `agent-${name}.jsonl`))

    const { events, report } = await readFile(join(root, 'log.jsonl'), { subagentPaths })

    expect(brief(events.slice(4))).toEqual([
      'toolResult t2: ok',
      'subagent t2: agent-two.jsonl',
      'toolResult t1: ok',
      'subagent t1: agent-one.jsonl',
      'subagent t3: agent-three.jsonl',
      'subagent null: agent-lost.jsonl',
    ])
    expect(report.facts).toContainEqual(expect.objectContaining({ pointer: 'session:log#subagents', count: 4 }))
  })

  it('gives what the person typed while the agent worked, and files that were attached', async () => {
    const attach = (attachment: unknown): LogLine => ({
      type: 'attachment',
      timestamp: '2026-05-01T10:00:00Z',
      attachment,
    })

    expect(
      await read(
        user('go'),
        attach({ type: 'queued_command', prompt: 'also this', commandMode: 'prompt' }),
        attach({ type: 'queued_command', prompt: 'task 1 done', commandMode: 'task-notification' }),
        attach({
          type: 'file',
          filename: '/w/a.md',
          content: { type: 'text', file: { filePath: '/w/a.md', content: '# A' } },
        }),
        attach({ type: 'hook_success', content: 'ok', stdout: '' }),
      ),
    ).toEqual([
      'userMessage: go',
      'userMessage: also this',
      'note task-notification: task 1 done',
      'document a.md text/plain: # A',
      'note hook-output: ok',
    ])
  })
})

describe('the report of a reading', () => {
  it('gives every record one fate', async () => {
    const { report } = await readLog(
      log(
        { type: 'summary', summary: 's' },
        user('one'),
        user('meta', { isMeta: true }),
        user('[Request interrupted by user]'),
        user(''),
        agent('side', { isSidechain: true }),
        '',
        'garbage',
        { type: 'system', subtype: 'turn_duration', uuid: 'x', parentUuid: null },
        { noType: 1 },
      ),
    )

    expect(report.counts).toEqual({
      'bookkeeping:summary': 1,
      'bookkeeping:untyped': 1,
      shown: 1,
      meta: 1,
      note: 1,
      empty: 1,
      sidechain: 1,
      garbage: 1,
      'other-branch': 1,
    })
    expect(Object.values(report.counts).reduce((sum, count) => sum + count)).toBe(report.records)
  })

  it('is there only when the reading has ended', async () => {
    const reading = readSession(join(tempTree({ 'log.jsonl': log(user('hi')) }), 'log.jsonl'))
    expect(reading.report).toBeUndefined()

    for await (const event of reading) expect(event.type).toBe('userMessage')

    expect(reading.report?.records).toBe(1)
  })

  it('has the digest of the log, and the end of its last whole line', async () => {
    const whole = log(user('one'), agent('two'))
    const torn = `${whole}{"type":"user","mess`

    const { report } = await readLog(torn)

    expect(report.sha256).toBe(createHash('sha256').update(torn).digest('hex'))
    expect(report.endByte).toBe(Buffer.byteLength(whole))
    expect(report.repairs).toEqual([{ code: 'torn-line', count: 1 }])
  })

  it('takes a whole last record without a line feed', async () => {
    const content = log(user('one')).trimEnd()

    const { events, report } = await readLog(content)

    expect(brief(events)).toEqual(['userMessage: one'])
    expect(report.endByte).toBe(Buffer.byteLength(content))
    expect(report.repairs).toEqual([])
  })

  it('E2: repairs what it can, and says what', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${log(user('first'))}`),
      Buffer.from(
        '{"type":"user","message":{"content":"bad \xff byte"},"timestamp":"2026-05-01T10:00:00Z"}\r\n',
        'latin1',
      ),
      Buffer.from('{"type":"user","message":{"content":"half \\ud83d"},"timestamp":"2026-05-01T10:00:00Z"}\n'),
      Buffer.from(
        '{"type":"assistant","message":{"content":[{"type":"tool_use","id":"t","name":"N","input":{"a":["\\udc00"]}}]}}\n',
      ),
      Buffer.from('{"type":"user","message":{"content":[}]}}\nnot json\n'),
    ])

    const { events, report } = await readLog(bytes)

    expect(brief(events)).toEqual([
      'userMessage: first',
      'userMessage: bad \ufffd byte',
      'userMessage: half \ufffd',
      'toolCall N t',
    ])
    expect(events[3]).toMatchObject({ input: { a: ['\ufffd'] }, atMs: null })
    expect(report.repairs).toEqual([
      { code: 'invalid-utf8', count: 1 },
      { code: 'missing-time', count: 1 },
      { code: 'garbage-line', count: 2 },
      { code: 'byte-order-mark', count: 1 },
      { code: 'lone-surrogate', count: 2 },
    ])
  })

  it('reads nothing from an empty log, and throws for one that is not there', async () => {
    const { events, report } = await readLog('')

    expect(events).toEqual([])
    expect(report).toMatchObject({ records: 0, counts: {}, endByte: 0 })
    await expect(readFile('/no/such/log.jsonl')).rejects.toThrow('ENOENT')
  })

  it("ends with the caller's reason when the signal says so", async () => {
    const path = join(tempTree({ 'log.jsonl': log(user('a'), agent('b')) }), 'log.jsonl')
    const controller = new AbortController()
    controller.abort(new Error('enough'))

    await expect(readFile(path, { signal: controller.signal })).rejects.toThrow('enough')
  })
})
