import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempTree } from '../core/temp-tree.js'
import { agent, brief, chain, type LogLine, log, readFile, readLog, user } from './session-logs.js'

type Line = { readonly [key: string]: unknown }
const u = (text: string, more: Line = {}): Line => user(text, more) as Line
const a = (text: string, more: Line = {}): Line => agent(text, more) as Line
const call = (id: string, more: Line = {}): Line =>
  agent([{ type: 'tool_use', id, name: 'Bash', input: {} }], more) as Line
const result = (id: string, more: Line = {}): Line =>
  user([{ type: 'tool_result', tool_use_id: id, content: `of ${id}` }], { toolUseResult: {}, ...more }) as Line

async function read(...lines: readonly LogLine[]): Promise<string[]> {
  return brief((await readLog(log(...lines))).events)
}

describe('the order of a conversation', () => {
  it('D6: leaves out what the person went back from', async () => {
    const { events, report } = await readLog(
      log(
        u('one', { uuid: '1', parentUuid: null }),
        a('first try', { uuid: '2', parentUuid: '1' }),
        u('wrong way', { uuid: '3', parentUuid: '2' }),
        u('right way', { uuid: '4', parentUuid: '2' }),
        a('done', { uuid: '5', parentUuid: '4' }),
      ),
    )

    expect(brief(events)).toEqual([
      'userMessage: one',
      'agentMessage: first try',
      'userMessage: right way',
      'agentMessage: done',
    ])
    expect(report.counts).toEqual({ shown: 4, 'other-branch': 1 })
  })

  it('D6: gives a record once that stands there twice', async () => {
    const twice = a('answer', { uuid: '2', parentUuid: '1' })

    const { events, report } = await readLog(log(u('ask', { uuid: '1', parentUuid: null }), twice, twice))

    expect(brief(events)).toEqual(['userMessage: ask', 'agentMessage: answer'])
    expect(report.counts).toEqual({ shown: 2, duplicate: 1 })
  })

  it('D6: follows the parents where the file has another order', async () => {
    const lines = chain(u('one'), a('two'), u('three'), a('four'))

    expect(await read(lines[2]!, lines[0]!, lines[1]!, lines[3]!)).toEqual([
      'userMessage: one',
      'agentMessage: two',
      'userMessage: three',
      'agentMessage: four',
    ])
  })

  it('D6: takes the order of the file where records have no ids, or follow nobody', async () => {
    const whole = ['userMessage: one', 'agentMessage: two', 'userMessage: three']

    expect(await read(u('one'), a('two'), u('three'))).toEqual(whole)
    expect(await read(u('one', { uuid: '1' }), a('two', { uuid: '2' }), u('three', { uuid: '3' }))).toEqual(whole)
    expect(
      await read(u('one', { uuid: '1', parentUuid: null }), a('two'), u('three', { uuid: '3', parentUuid: '1' })),
    ).toEqual(whole)
  })

  it('D6: goes on with the record before where the parent is not there', async () => {
    const lines = chain(u('one'), a('two'), u('three'), a('four'))

    expect(await read(lines[0]!, lines[1]!, '{"torn', lines[3]!)).toEqual([
      'userMessage: one',
      'agentMessage: two',
      'agentMessage: four',
    ])
  })

  it('does not go in circles', async () => {
    expect(await read(u('one', { uuid: '1', parentUuid: '2' }), a('two', { uuid: '2', parentUuid: '1' }))).toEqual([
      'userMessage: one',
      'agentMessage: two',
    ])
    expect(await read(u('self', { uuid: '1', parentUuid: '1' }))).toEqual(['userMessage: self'])
  })

  it('passes through records of other types', async () => {
    const lines = chain(u('one'), { type: 'progress' }, { type: 'attachment', attachment: { type: 'todo' } }, a('two'))

    const { events, report } = await readLog(log(...lines))

    expect(brief(events)).toEqual(['userMessage: one', 'agentMessage: two'])
    expect(report.counts).toEqual({ shown: 2, 'bookkeeping:progress': 1, 'bookkeeping:attachment/todo': 1 })
  })

  it('goes on before a compaction', async () => {
    const boundary = { type: 'system', subtype: 'compact_boundary', parentUuid: null, content: 'Compacted' }
    const lines = [
      ...chain(u('one'), a('two')),
      { ...boundary, uuid: 'b', logicalParentUuid: 'r1' },
      u('what was said', { uuid: 's', parentUuid: 'b', isCompactSummary: true }),
      a('after', { uuid: 'x', parentUuid: 's' }),
    ]

    expect(await read(...lines)).toEqual([
      'userMessage: one',
      'agentMessage: two',
      'compaction: what was said',
      'agentMessage: after',
    ])
  })

  it('keeps what stands before a compaction that names no parent', async () => {
    const summary = u('told again', { uuid: 's', parentUuid: null, isCompactSummary: true })

    expect(await read(...chain(u('one'), a('two')), summary, a('after', { uuid: 'x', parentUuid: 's' }))).toEqual([
      'userMessage: one',
      'agentMessage: two',
      'compaction: told again',
      'agentMessage: after',
    ])
  })

  it('keeps the results of tools that ran side by side, each once', async () => {
    const message = { id: 'msg', content: [] }
    const part = (id: string): { readonly [key: string]: unknown } => ({
      ...message,
      content: (call(id).message as Line).content,
    })

    expect(
      await read(
        u('go', { uuid: 'u', parentUuid: null }),
        { ...call('a'), message: part('a'), uuid: 'a1', parentUuid: 'u' },
        { ...call('b'), message: part('b'), uuid: 'a2', parentUuid: 'a1' },
        { ...call('c'), message: part('c'), uuid: 'a3', parentUuid: 'u' },
        result('a', { uuid: 'ra', parentUuid: 'a1' }),
        result('c', { uuid: 'rc', parentUuid: 'a3' }),
        result('b', { uuid: 'rb', parentUuid: 'a2' }),
        a('all done', { uuid: 'z', parentUuid: 'rb' }),
      ),
    ).toEqual([
      'userMessage: go',
      'toolCall Bash a',
      'toolCall Bash b',
      'toolCall Bash c',
      'toolResult a: of a',
      'toolResult c: of c',
      'toolResult b: of b',
      'agentMessage: all done',
    ])
  })

  it('ends where Claude Code notes the end, but for the answer to the request that it names', async () => {
    const lines = chain(u('one'), a('two'), u('three'), a('four'))
    const note = (leafUuid: string): LogLine => ({ type: 'last-prompt', leafUuid, lastPrompt: 'x' })
    const whole = ['userMessage: one', 'agentMessage: two', 'userMessage: three', 'agentMessage: four']

    expect(await read(...lines, note('r1'))).toEqual(whole.slice(0, 2))
    expect(await read(...lines, note('r2'))).toEqual(whole)
    expect(await read(...lines, note('r3'))).toEqual(whole)
    expect(await read(...lines, note('gone'))).toEqual(whole)
    expect(await read(...lines.slice(0, 2), note('r0'), ...lines.slice(2))).toEqual(whole)
  })

  it('names helper agents that worked in the same file, and counts their records', async () => {
    const helper = [
      u('part', { uuid: 'h1', parentUuid: null, isSidechain: true }),
      a('did', { uuid: 'h2', parentUuid: 'h1', isSidechain: true }),
    ]

    const { events, report } = await readLog(log(...chain(u('one'), a('two')), ...helper))

    expect(brief(events)).toEqual(['userMessage: one', 'agentMessage: two', 'subagent null: log.jsonl#h1'])
    expect(report.counts).toEqual({ shown: 2, sidechain: 2 })
  })

  it("reads a helper agent's own log, in which everything is marked", async () => {
    const lines = chain(u('part', { isSidechain: true }), a('did', { isSidechain: true }))

    expect(await read(...lines)).toEqual(['userMessage: part', 'agentMessage: did'])
  })

  it('gives only what came after an earlier reading', async () => {
    const lines = chain(u('one'), a('two'), u('three'), a('four'))
    const before = await readLog(log(...lines.slice(0, 2)))

    const { events, report } = await readLog(log(...lines), { fromByte: before.report.endByte })

    expect(brief(events)).toEqual(['userMessage: three', 'agentMessage: four'])
    expect(report.counts).toEqual({ before: 2, shown: 2 })
  })
})

describe('helper agents that worked in the log of the session', () => {
  const start = (id: string, prompt: string): Line =>
    agent([{ type: 'tool_use', id, name: 'Task', input: { prompt } }]) as Line
  const side = (line: Line, uuid: string, parentUuid: string | null): Line => ({
    ...line,
    uuid,
    parentUuid,
    isSidechain: true,
  })
  const lines = [
    { ...u('go'), uuid: 'u', parentUuid: null },
    { ...start('t1', 'part one'), uuid: 'c1', parentUuid: 'u' },
    { ...start('t2', 'part two'), uuid: 'c2', parentUuid: 'c1' },
    side(u('part two'), 'h2', null),
    side(u('part one'), 'h1', null),
    side(a('did two'), 'h3', 'h2'),
    side(a('did one'), 'h4', 'h1'),
    side(a('begins with no request'), 'h5', null),
    { ...result('t1'), uuid: 'r1', parentUuid: 'c1' },
    { ...result('t2'), uuid: 'r2', parentUuid: 'c2' },
    { ...a('all done'), uuid: 'z', parentUuid: 'r2' },
  ]

  it('D7: are linked to the calls that started them', async () => {
    const { events } = await readLog(log(...lines))

    expect(brief(events).slice(3)).toEqual([
      'toolResult t1: of t1',
      'subagent t1: log.jsonl#h1',
      'toolResult t2: of t2',
      'subagent t2: log.jsonl#h2',
      'agentMessage: all done',
    ])
  })

  it('D7: are read by the path of their event, and every record has a fate', async () => {
    const path = join(tempTree({ 'log.jsonl': log(...lines) }), 'log.jsonl')

    const { events, report } = await readFile(`${path}#h2`)

    expect(brief(events)).toEqual(['userMessage: part two', 'agentMessage: did two'])
    expect(report.counts).toEqual({ shown: 2, outside: 9 })
    expect((await readFile(`${path}#nobody`)).events).toEqual([])
  })
})
