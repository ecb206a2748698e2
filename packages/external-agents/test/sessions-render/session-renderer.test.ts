import { describe, expect, it } from 'vitest'
import { SessionRenderer } from '../../src/kinds/sessions/render/index.js'
import {
  agent,
  call,
  frameOf,
  options,
  pixel,
  rendered,
  responses,
  result,
  shown,
  startMs,
  summary,
  thought,
  threadId,
  user,
} from './sample-session.js'

describe('the first line', () => {
  it('E8: is dated with the start of the session, not with the import', () => {
    const [head] = rendered([])

    expect(head).toEqual({
      timestamp: '2026-05-01T10:00:00.000Z',
      type: 'session_meta',
      payload: {
        session_id: threadId,
        id: threadId,
        timestamp: '2026-05-01T10:00:00.000Z',
        cwd: '/home/ann/app',
        originator: 'gangway',
        cli_version: '0.1.0',
        source: 'cli',
        history_mode: 'legacy',
        git: { branch: 'main' },
        gangway: options.provenance,
      },
    })
  })

  it('links the thread of a helper agent to its parent', () => {
    const [head] = rendered([], { parent: { threadId: 'p', role: 'explorer' } })

    expect(head?.payload.source).toEqual({
      subagent: {
        thread_spawn: {
          parent_thread_id: 'p',
          depth: 1,
          agent_path: null,
          agent_nickname: null,
          agent_role: 'explorer',
        },
      },
    })
  })
})

describe('turns', () => {
  it('opens one per message of the person, ends each once, and names it after the message', () => {
    const lines = rendered([user('u1', 'one', 1), agent('a1', 'yes', 2), user('u2', 'two', 9), agent('a2', 'no', 10)])

    expect(frameOf(lines)).toEqual([
      'task_started imported-turn-u1',
      'task_complete imported-turn-u1',
      'task_started imported-turn-u2',
      'task_complete imported-turn-u2',
    ])
  })

  it('ends a turn when its last event happened, not when the person spoke again', () => {
    const lines = rendered([user('u1', 'one', 1), agent('a1', 'yes', 2), user('u2', 'two', 3600)])
    const end = lines.find(({ payload }) => payload.type === 'task_complete')

    expect(end?.timestamp).toBe('2026-05-01T10:00:02.000Z')
    expect(end?.payload).toMatchObject({
      started_at: startMs / 1000 + 1,
      completed_at: startMs / 1000 + 2,
      duration_ms: 1000,
    })
  })

  it('D8: keeps what the agent said before the first message of the person, in a turn of its own', () => {
    const lines = rendered([agent('a0', 'Hello', 0), user('u1', 'one', 1)])

    expect(frameOf(lines).slice(0, 3)).toEqual([
      'task_started imported-turn-a0',
      'task_complete imported-turn-a0',
      'task_started imported-turn-u1',
    ])
    expect(responses(lines)).toHaveLength(2)
  })

  it('leaves the last turn open when the log leaves it without an answer', () => {
    expect(frameOf(rendered([user('u1', 'one'), thought('r', 'hm')]))).toEqual(['task_started imported-turn-u1'])
  })

  it('marks a turn that the person stopped as interrupted, and tells the model', () => {
    const lines = rendered([
      user('u1', 'one', 1),
      { type: 'note', code: 'interruption', atMs: startMs + 2000, text: '[Request interrupted by user]' },
    ])

    expect(frameOf(lines)).toEqual(['task_started imported-turn-u1', 'turn_aborted imported-turn-u1'])
    expect(JSON.stringify(responses(lines).at(-1))).toContain('<turn_aborted>')
  })
})

describe('what is said', () => {
  it('stands once for the eye and once for the model', () => {
    const lines = rendered([user('u1', 'one'), agent('a1', 'yes')])

    expect(shown(lines)).toEqual([
      {
        type: 'user_message',
        message: 'one',
        images: [],
        local_images: [],
        local_audio: [],
        text_elements: [],
        started_at_ms: startMs,
        completed_at_ms: startMs,
      },
      {
        type: 'agent_message',
        message: 'yes',
        phase: null,
        memory_citation: null,
        started_at_ms: startMs,
        completed_at_ms: startMs,
      },
    ])
    expect(responses(lines)).toEqual([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'one' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'yes' }] },
    ])
  })

  it('D2: shows thinking, and does not send it to a model that did not think it', () => {
    const lines = rendered([user('u1', 'one'), thought('r1', 'because'), agent('a1', 'yes')])

    expect(shown(lines)[1]).toMatchObject({ type: 'agent_reasoning', text: 'because' })
    expect(JSON.stringify(responses(lines))).not.toContain('because')
  })

  it('D2: brings images over as data URLs, for the eye and for the model', () => {
    const url = `data:image/png;base64,${pixel.base64}`
    const lines = rendered([{ type: 'userMessage', id: 'u1', atMs: startMs, text: 'see', images: [pixel] }])

    expect(shown(lines)[0]).toMatchObject({ message: 'see', images: [url] })
    expect(responses(lines)[0]).toMatchObject({ content: [{ text: 'see' }, { type: 'input_image', image_url: url }] })
  })

  it('says so when an image was all there was and it is too large', () => {
    const lines = rendered([{ type: 'userMessage', id: 'u1', atMs: startMs, text: '', images: [pixel] }], {
      limits: { maxImageBytes: 10 },
    })

    expect(shown(lines)[0]).toMatchObject({ message: '[an image that was too large to bring over]', images: [] })
  })

  it('E10: shows a message from its first line with words, and gives the model all of it', () => {
    const lines = rendered([user('u1', '\n  \n  two\nlines\n')])

    expect(shown(lines)[0]).toMatchObject({ message: '  two\nlines\n' })
    expect(responses(lines)[0]).toMatchObject({ content: [{ text: '\n  \n  two\nlines\n' }] })
  })

  it('puts a document into the turn of the message it was sent with, before or after it in the log', () => {
    const document = (id: string) => {
      return {
        type: 'document',
        id,
        atMs: startMs + 5000,
        name: `${id}.txt`,
        mediaType: 'text/plain',
        text: id,
      } as const
    }
    const lines = rendered([
      user('u1', 'one', 1),
      agent('a1', 'yes', 2),
      document('d1'),
      user('u2', 'two', 5),
      document('d2'),
      agent('a2', 'ok', 6),
    ])

    expect(shown(lines).map(({ message }) => message)).toEqual([
      'one',
      'yes',
      'two',
      '<document name="d1.txt" type="text/plain">\nd1\n</document>',
      '<document name="d2.txt" type="text/plain">\nd2\n</document>',
      'ok',
    ])
  })

  it('names the model that spoke when it changes', () => {
    const said = (id: string, model: string) => ({ type: 'agentMessage', id, atMs: startMs, text: id, model }) as const
    const lines = rendered([user('u1', 'one'), said('a1', 'opus'), said('a2', 'opus'), said('a3', 'haiku')])

    expect(shown(lines).map(({ source_model }) => source_model)).toEqual([undefined, 'opus', undefined, 'haiku'])
  })
})

describe('what is not said', () => {
  it('D5: does not show a notice as words of the person, and counts it', () => {
    const { lines, report } = withReport([
      user('u1', 'one'),
      { type: 'note', code: 'command-output', atMs: null, text: 'cost: 1' },
    ])

    expect(JSON.stringify(lines)).not.toContain('cost: 1')
    expect(report).toContainEqual({
      what: 'note:command-output',
      fate: 'dropped',
      reason: { code: 'not-the-persons-words', message: 'a notice of the program, not part of the conversation' },
      count: 1,
    })
  })

  it('shows a shell command of the person with its output, and tells the model', () => {
    const note = (code: string, text: string) => ({ type: 'note', code, atMs: startMs, text }) as const
    const lines = rendered([
      user('u1', 'one'),
      note('shell-command', 'git status'),
      note('shell-output', 'clean'),
      agent('a1', 'ok'),
    ])

    expect(shown(lines)[1]?.item).toMatchObject({
      source: 'user_shell',
      command: ['bash', '-lc', 'git status'],
      aggregated_output: 'clean',
    })
    expect(JSON.stringify(responses(lines)[1])).toContain('<user_shell_command>')
  })

  it('D5: lets the model see a summary instead of what was compacted, and the eye both', () => {
    const lines = rendered([
      user('u1', 'old', 1),
      agent('a1', 'yes', 2),
      { type: 'compaction', atMs: startMs + 3000, summary: 'SUM' },
      user('u2', 'new', 4),
    ])
    const compacted = lines.find(({ type }) => type === 'compacted')

    expect(compacted?.payload).toEqual({
      message: 'SUM',
      replacement_history: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'SUM' }] }],
    })
    expect(shown(lines).map(({ type }) => type)).toEqual([
      'user_message',
      'agent_message',
      'context_compacted',
      'user_message',
    ])
  })

  it('leaves the model its history when the log does not hold the summary', () => {
    const lines = rendered([user('u1', 'old'), { type: 'compaction', atMs: null, summary: null }])

    expect(lines.some(({ type }) => type === 'compacted')).toBe(false)
    expect(shown(lines).map(({ type }) => type)).toContain('context_compacted')
  })
})

describe('times', () => {
  it('gives an event without a time the time of the one before it', () => {
    const lines = rendered([
      user('u1', 'one', 7),
      { type: 'agentMessage', id: 'a', atMs: null, text: 'x', model: null },
    ])

    expect(lines.find(({ payload }) => payload.type === 'agent_message')?.timestamp).toBe('2026-05-01T10:00:07.000Z')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -5, 1e300])('takes %d for no time', (atMs) => {
    const lines = rendered([{ type: 'agentMessage', id: 'a', atMs, text: 'x', model: null }])

    expect(lines.at(-1)?.timestamp).toBe('2026-05-01T10:00:00.000Z')
  })
})

it('estimates the tokens of what the model gets, four bytes each, from the last compaction on', () => {
  const lines = rendered([
    user('u1', 'x'.repeat(4000)),
    { type: 'compaction', atMs: null, summary: 'é'.repeat(6) },
    agent('a', 'four', 1),
  ])
  const count = lines.find(({ payload }) => payload.type === 'token_count')

  expect(count?.payload.info).toMatchObject({
    total_token_usage: { total_tokens: 4 },
    last_token_usage: { total_tokens: 4 },
  })
})

it('counts one fate for every event', () => {
  const { report } = withReport([
    user('u1', 'one'),
    user('u2', '  '),
    call('t', 'Bash', { command: 'ls' }),
    result('t', 'x'),
  ])

  expect(report.map(({ what, fate, count }) => [what, fate, count])).toEqual([
    ['userMessage', 'mapped', 1],
    ['userMessage', 'dropped', 1],
    ['toolCall:command', 'mapped', 1],
    ['toolResult', 'mapped', 1],
  ])
})

function withReport(events: Parameters<typeof rendered>[0]) {
  const renderer = new SessionRenderer(summary, options)
  const lines = [...events.flatMap((event) => renderer.push(event)), ...renderer.finish()]
  return { lines, report: renderer.report() }
}
