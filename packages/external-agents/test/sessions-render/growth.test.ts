import { describe, expect, it } from 'vitest'
import {
  isImportedTurnId,
  type RenderCheckpoint,
  readCheckpoint,
  renderSession,
  SessionRenderer,
} from '../../src/kinds/sessions/render/index.js'
import type { SessionEvent } from '../../src/session.js'
import {
  agent,
  call,
  frameOf,
  options,
  rendered,
  responses,
  result,
  richSession,
  shown,
  summary,
  user,
} from './sample-session.js'

function checkpointOf(events: readonly SessionEvent[]): RenderCheckpoint {
  return readCheckpoint(JSON.parse(JSON.stringify(rendered(events).at(-1))))!
}

/** Lines that are appended when `events` is what the log holds now. */
function grown(events: readonly SessionEvent[], after: RenderCheckpoint) {
  const renderer = new SessionRenderer(summary, { ...options, after })
  const lines = [...events.flatMap((event) => renderer.push(event)), ...renderer.finish()]
  return { lines, renderer }
}

describe('growth', () => {
  it('appends the part behind the checkpoint alone, in a turn of its own', () => {
    const before = [user('u1', 'one', 1), agent('a1', 'yes', 2)]
    const { lines } = grown([...before, user('u2', 'two', 3), agent('a2', 'no', 4)], checkpointOf(before))

    expect(responses(lines).map(({ content }) => JSON.stringify(content))).toEqual([
      '[{"type":"input_text","text":"two"}]',
      '[{"type":"output_text","text":"no"}]',
    ])
    expect(frameOf(lines)).toEqual(['task_started imported-turn-u2', 'task_complete imported-turn-u2'])
  })

  it('E7: ends a turn once although it was brought over in two parts', () => {
    const before = [user('u1', 'one', 1), call('t', 'Bash', { command: 'x' }, 2)]
    const { lines } = grown([...before, result('t', 'out', 3), agent('a1', 'yes', 4)], checkpointOf(before))

    expect(frameOf([...rendered(before), ...lines])).toEqual([
      'task_started imported-turn-u1',
      'task_complete imported-turn-u1',
    ])
  })

  it('E7: goes on in a new turn when the old one was ended already', () => {
    const before = [user('u1', 'one', 1), agent('a1', 'yes', 2)]
    const { lines } = grown([...before, agent('a2', 'and', 3)], checkpointOf(before))

    expect(frameOf(lines)).toEqual(['task_started imported-turn-a2', 'task_complete imported-turn-a2'])
  })

  it('pairs a result with the call that was brought over earlier', () => {
    const before = [user('u1', 'one', 1), call('t', 'Edit', { file_path: '/f', old_string: 'a', new_string: 'b' }, 2)]
    const { lines } = grown([...before, result('t', 'ok', 3)], checkpointOf(before))

    expect(responses(lines)).toEqual([{ type: 'function_call_output', call_id: 't', output: 'ok' }])
    expect(shown(lines).map(({ type }) => type)).toEqual(['patch_apply_end', 'item_completed'])
    expect(shown(lines)[1]?.item).toMatchObject({ type: 'FileChange', id: 't', status: 'completed' })
  })

  it('gives the model the same history in any two parts as in one', () => {
    const whole = responses(rendered(richSession))
    // Output that comes after its command was shown stands alone.
    const insideShell = richSession.findIndex((event) => event.type === 'note' && event.code === 'shell-output')

    for (let cut = 1; cut < richSession.length; cut++) {
      if (cut === insideShell) continue
      const first = richSession.slice(0, cut)
      const parts = [...rendered(first), ...grown(richSession, checkpointOf(first)).lines]
      expect(responses(parts), `cut at ${cut}`).toEqual(whole)
    }
  })

  it('renders the same from the events behind the checkpoint as from all of them', () => {
    for (let cut = 1; cut < richSession.length; cut++) {
      const after = checkpointOf(richSession.slice(0, cut))
      const renderer = new SessionRenderer(summary, { ...options, after, events: 'suffix' })
      const lines = [...richSession.slice(cut).flatMap((event) => renderer.push(event)), ...renderer.finish()]
      expect(responses(lines), `cut at ${cut}`).toEqual(responses(grown(richSession, after).lines))
      expect(renderer.checkpoint().digest).toBe(checkpointOf(richSession).digest)
    }
  })

  it('shows the output of a shell command alone when the command is over already', () => {
    const note = (code: string, text: string): SessionEvent => ({ type: 'note', code, atMs: null, text })
    const before = [user('u1', 'one', 1), note('shell-command', 'git status')]
    const { lines } = grown([...before, note('shell-output', 'clean')], checkpointOf(before))

    expect(shown(lines)[0]?.item).toMatchObject({ source: 'user_shell', aggregated_output: 'clean' })
  })

  it('appends nothing when nothing came', () => {
    expect(grown(richSession, checkpointOf(richSession)).lines).toEqual([])
  })

  it('appends nothing when only the place of a helper agent changed', () => {
    const before = [user('u1', 'one', 1), agent('a1', 'yes', 2)]
    const helper: SessionEvent = { type: 'subagent', callId: null, path: '/x.jsonl', atMs: null }
    const renderer = new SessionRenderer(summary, {
      ...options,
      after: checkpointOf(before),
      subagentThread: () => 'h',
    })

    expect([...[...before, helper].flatMap((event) => renderer.push(event)), ...renderer.finish()]).toEqual([])
  })

  it('shows a helper agent that no call names once, although each reading names it at its end', () => {
    const helper: SessionEvent = { type: 'subagent', callId: null, path: '/x.jsonl', atMs: null }
    const more = { subagentThread: () => 'h' }
    const before = [user('u1', 'one', 1), agent('a1', 'yes', 2)]
    const first = rendered([...before, helper], more)
    const after = readCheckpoint(first.at(-1)!)!
    const second = rendered([...before, user('u2', 'two', 3), helper], { ...more, after })

    expect(shown(first).filter(({ type }) => type === 'item_completed')).toHaveLength(1)
    expect(shown(second).filter(({ type }) => type === 'item_completed')).toHaveLength(0)
  })

  it('appends no second head', async () => {
    const lines = []
    for await (const line of renderSession(summary, [...richSession, user('u9', 'more', 300)], {
      ...options,
      after: checkpointOf(richSession),
    }))
      lines.push(line.type)

    expect(lines).not.toContain('session_meta')
  })
})

describe('a log that was rewritten', () => {
  it.each([
    ['other words', [user('u1', 'ONE', 1), agent('a1', 'yes', 2), user('u2', 'two', 3)]],
    ['something in between', [user('u1', 'one', 1), agent('a0', 'hm', 1), agent('a1', 'yes', 2), user('u2', 'two', 3)]],
    ['less than was there', [user('u1', 'one', 1)]],
  ])('E5: is recognised by %s, and gives no lines', (_, events) => {
    const { lines, renderer } = grown(events, checkpointOf([user('u1', 'one', 1), agent('a1', 'yes', 2)]))

    expect(renderer.isRewritten).toBe(true)
    expect(lines).toEqual([])
  })

  it('is not one whose helper agents were removed', () => {
    const events = richSession.filter(({ type }) => type !== 'subagent')

    expect(grown([...events, user('u9', 'more', 300)], checkpointOf(richSession)).renderer.isRewritten).toBe(false)
  })
})

describe('the checkpoint', () => {
  it('is the last line, and reads back as it was', () => {
    const renderer = new SessionRenderer(summary, options)
    const lines = [...richSession.flatMap((event) => renderer.push(event)), ...renderer.finish()]

    expect(readCheckpoint(JSON.parse(JSON.stringify(lines.at(-1))))).toEqual(renderer.checkpoint())
  })

  it.each([
    {},
    { events: -1 },
    { events: 1, digest: 7 },
    { events: Number.NaN, digest: '', modelBytes: 0, lastAtMs: 0 },
  ])('is not read from %j', (payload) => {
    expect(readCheckpoint({ type: 'gangway_checkpoint', payload })).toBeUndefined()
  })

  it('does not carry an input that is too large', () => {
    const after = checkpointOf([user('u', 'go'), call('t', 'Write', { content: 'x'.repeat(100_000) })])

    expect(after.openCalls).toMatchObject([{ id: 't', tool: 'Write', input: null }])
  })
})

it('tells turns that were brought over from turns of the new agent', () => {
  expect([isImportedTurnId('imported-turn-1'), isImportedTurnId('019dd000-0000-7000-8000-000000000001')]).toEqual([
    true,
    false,
  ])
})
