import { describe, expect, it } from 'vitest'
import { diffHunks, givenHunks } from '../../src/kinds/sessions/render/hunks.js'
import { jsonText, plainValue } from '../../src/kinds/sessions/render/json-text.js'
import { cutText } from '../../src/kinds/sessions/render/plain-text.js'
import type { SessionEvent } from '../../src/session.js'
import { agent, call, rendered, responses, result, shown, user } from './sample-session.js'

const lone = 'a\ud800b'
const odd: readonly unknown[] = [
  null,
  undefined,
  7,
  'text',
  [],
  [1],
  { a: null },
  true,
  { file_path: 7, command: {}, todos: 7, edits: [null, 3], query: [] },
]
const tools = [
  'Bash',
  'Read',
  'Grep',
  'LS',
  'Edit',
  'Write',
  'MultiEdit',
  'NotebookEdit',
  'TodoWrite',
  'ExitPlanMode',
  'WebSearch',
  'WebFetch',
  'Task',
  'BashOutput',
  'mcp__a__b',
  'mcp____',
  '',
  '__proto__',
  'x'.repeat(500),
]

describe('odd shapes', () => {
  it.each(tools)('render: a call of %j with any input and any details', (tool) => {
    for (const value of odd) {
      const lines = rendered([
        user('u', 'go'),
        call('t', tool, value),
        result('t', 'out', 1, { details: value }),
        agent('a', 'ok'),
      ])

      expect(responses(lines).map(({ type }) => type)).toEqual([
        'message',
        'function_call',
        'function_call_output',
        'message',
      ])
      expect(String(responses(lines)[1]?.name)).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      expect(() => JSON.parse(String(responses(lines)[1]?.arguments))).not.toThrow()
      expect(shown(lines)).toHaveLength(3)
    }
  })

  it('keeps a path that is named like a member of every object', () => {
    const lines = rendered([
      user('u', 'go'),
      call('t', 'Write', { file_path: '/__proto__', content: 'x' }),
      result('t', 'ok'),
    ])

    expect(JSON.stringify(shown(lines)[1])).toContain('"/__proto__":{"type":"add","content":"x"}')
  })

  it('takes structured hunks of another shape for none', () => {
    expect([givenHunks(null), givenHunks([]), givenHunks([{ oldStart: '1' }]), givenHunks([{ lines: [1] }])]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('half surrogate pairs', () => {
  it('E2: never reach a line, wherever they stand', () => {
    const events: SessionEvent[] = [
      user('u', lone),
      agent('a', lone),
      { type: 'reasoning', id: 'r', atMs: null, text: lone },
      ...tools.flatMap((tool, at) => [
        call(`t${at}`, tool || lone, {
          command: lone,
          file_path: `/${lone}`,
          old_string: lone,
          new_string: 'x',
          content: lone,
          query: lone,
          url: lone,
          prompt: lone,
          plan: lone,
          todos: [{ content: lone }],
          [lone]: 1,
        }),
        result(`t${at}`, lone, 1, {
          details: { structuredPatch: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [`-${lone}`] }] },
        }),
      ]),
      { type: 'document', id: 'd', atMs: null, name: lone, mediaType: lone, text: lone },
      { type: 'compaction', atMs: null, summary: lone },
      { type: 'note', code: 'shell-command', atMs: null, text: lone },
      agent(lone, 'x'),
      call(lone, 'Bash', { command: lone, [lone]: lone }),
    ]
    const json = rendered(events)
      .map((line) => JSON.stringify(line))
      .join('\n')

    expect(/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json)).toBe(false)
    expect(json.includes('\uFFFD')).toBe(true)
  })

  it('are told from words that look like their escape', () => {
    expect(jsonText({ a: '\\ud800', b: '\ud800', c: '😀' })).toBe('{"a":"\\\\ud800","b":"\uFFFD","c":"😀"}')
  })
})

describe('size and depth', () => {
  it('keeps the beginning and the end of an output over the limit, and counts the cut', () => {
    const lines = rendered(
      [user('u', 'go'), call('t', 'Bash', { command: 'x' }), result('t', `${'a'.repeat(900)}${'b'.repeat(900)}`)],
      {
        limits: { maxToolOutputChars: 1000 },
      },
    )

    expect(responses(lines)[2]?.output).toBe(
      `${'a'.repeat(750)}\n[… 800 characters are left out here …]\n${'b'.repeat(250)}`,
    )
  })

  it('never cuts a pair in two', () => {
    for (let limit = 1; limit < 40; limit++) {
      const { text } = cutText('😀'.repeat(40), limit)
      expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
    }
  })

  it('gives the model an input that is nested too deep for readers of threads, and leaves it out of the item', () => {
    let deep: unknown = 1
    for (let level = 0; level < 300; level++) deep = [deep]
    const lines = rendered([user('u', 'go'), call('t', 'Novel', deep), result('t', 'ok')])

    expect(String(responses(lines)[1]?.arguments)).toBe(JSON.stringify(deep))
    expect(shown(lines)[1]?.item).toMatchObject({ arguments: null })
    expect(plainValue({ a: [1] }, '{"a":[1]}')).toEqual({ a: [1] })
  })

  it('survives an input that is nested deeper than can be written', () => {
    let deep: unknown = 1
    for (let level = 0; level < 200_000; level++) deep = [deep]
    const lines = rendered([user('u', 'go'), call('t', 'mcp__a__b', deep), result('t', 'ok')])

    expect(responses(lines)[1]).toMatchObject({ arguments: 'null' })
    expect(() => JSON.stringify(lines)).not.toThrow()
  })

  it('shows two large texts that have nothing in common as one change, without comparing them for long', () => {
    const old = Array.from({ length: 20_000 }, (_, line) => `old ${line}`).join('\n')
    const fresh = Array.from({ length: 20_000 }, (_, line) => `new ${line}`).join('\n')
    const start = performance.now()
    const diff = diffHunks(`same\n${old}\nend\n`, `same\n${fresh}\nend\n`)

    expect(diff.startsWith('@@ -2,20000 +2,20000 @@\n-old 0\n')).toBe(true)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
