import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RolloutLine, readThread } from '@gangway/home'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../src/kinds/sessions/render/index.js'
import { toolView } from '../../src/kinds/sessions/render/tools/tool-views.js'
import type { SessionEvent } from '../../src/session.js'
import { rendered, responses, richSession, startMs, threadId } from './sample-session.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-render-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const tools = [
  'Bash',
  'Read',
  'Grep',
  'Edit',
  'Write',
  'TodoWrite',
  'WebSearch',
  'mcp__s__t',
  'Task',
  'Novel',
  'ExitPlanMode',
]

/** A session in which every text is told apart from every other. */
const sessions = fc
  .array(
    fc.record({
      kind: fc.constantFrom('user', 'agent', 'thought', 'call', 'result', 'note', 'stop', 'document'),
      tool: fc.constantFrom(...tools),
      gap: fc.integer({ min: 0, max: 5000 }),
      back: fc.integer({ min: 0, max: 3 }),
      isError: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    const open: string[] = []
    let atMs = startMs
    return steps.flatMap((step, index): SessionEvent[] => {
      atMs += step.gap
      const id = `id${index}`
      const text = `text-${index}-`
      switch (step.kind) {
        case 'user':
          return [{ type: 'userMessage', id, atMs, text, images: [] }]
        case 'agent':
          return [{ type: 'agentMessage', id, atMs, text, model: null }]
        case 'thought':
          return [{ type: 'reasoning', id, atMs, text }]
        case 'call':
          open.push(id)
          return [
            {
              type: 'toolCall',
              id,
              atMs,
              tool: step.tool,
              input: { command: text, file_path: `/${text}`, plan: text, query: text },
            },
          ]
        case 'result': {
          const [callId] = open.splice(step.back % (open.length || 1), 1)
          const result = { type: 'toolResult', atMs, text, images: [], isError: step.isError, details: null } as const
          return callId === undefined ? [] : [{ ...result, callId }]
        }
        case 'note':
          return [{ type: 'note', code: 'command-output', atMs, text }]
        case 'stop':
          return [{ type: 'note', code: 'interruption', atMs, text }]
        default:
          return [{ type: 'document', id, atMs, name: text, mediaType: 'text/plain', text }]
      }
    })
  })

describe('any session', () => {
  it('gives the same lines each time, and every line is JSON that reads back as it was', () => {
    fc.assert(
      fc.property(sessions, (events) => {
        const lines = rendered(events)
        expect(rendered(events)).toEqual(lines)
        expect(JSON.parse(JSON.stringify(lines))).toEqual(lines)
      }),
    )
  })

  it('gives the model each text once, in the order of the session, and no thinking', () => {
    fc.assert(
      fc.property(sessions, (events) => {
        const said = responses(rendered(events)).filter(({ type }) => type === 'message')
        const texts = said.map(({ content }) => /text-\d+-/.exec(JSON.stringify(content))?.[0]).filter(Boolean)
        const wanted = events.flatMap((event) =>
          event.type === 'userMessage' || event.type === 'agentMessage' || event.type === 'document'
            ? [event.text ?? '']
            : [],
        )
        expect(texts.toSorted()).toEqual(wanted.toSorted())
        expect(JSON.stringify(said)).not.toMatch(
          events.some(({ type }) => type === 'reasoning') ? thoughtsOf(events) : /$a/,
        )
      }),
    )
  })

  it('pairs every call that is over with exactly one output, the call first', () => {
    fc.assert(
      fc.property(sessions, (events) => {
        const items = responses(rendered(events))
        const calls = items.flatMap(({ type, call_id }, at) => (type === 'function_call' ? [{ call_id, at }] : []))
        const outputs = items.flatMap(({ type, call_id }, at) =>
          type === 'function_call_output' ? [{ call_id, at }] : [],
        )
        const openAtEnd = readCheckpoint(rendered(events).at(-1)!)?.openCalls.length ?? 0
        expect(new Set(calls.map(({ call_id }) => call_id)).size).toBe(calls.length)
        expect(outputs.length + openAtEnd).toBe(calls.length)
        for (const { call_id, at } of outputs)
          expect(calls.find((call) => call.call_id === call_id)?.at).toBeLessThan(at)
      }),
    )
  })

  it('begins and ends turns in pairs, the last one excepted', () => {
    fc.assert(
      fc.property(sessions, (events) => {
        const frame = rendered(events).flatMap(({ payload }) => {
          if (payload.type === 'task_started') return ['start']
          return payload.type === 'task_complete' || payload.type === 'turn_aborted' ? ['end'] : []
        })
        expect(frame.join(' ')).toMatch(/^(start end ?)*(start)?$/)
      }),
    )
  })
})

describe('read back by the reader of threads', () => {
  it('shows each item once, with its own text', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (events) => {
        const { items } = await read(rendered(events))
        const shown = items.map(({ item }) => item)
        for (const event of events) {
          if (event.type === 'userMessage') expect(count(shown, 'userMessage', event.text)).toBe(1)
          if (event.type === 'agentMessage') expect(count(shown, 'agentMessage', event.text)).toBe(1)
          if (event.type === 'reasoning') expect(count(shown, 'reasoning', event.text)).toBe(1)
          if (event.type === 'toolCall') expect(shown.filter(({ id }) => id === event.id)).toHaveLength(1)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('shows everything of the sample in the order in which it happened', async () => {
    const { turns } = await read(rendered(richSession, { subagentThread: () => 'h' }))

    expect(turns.map(({ id, status, items }) => [id, status, items.map(({ type }) => type)])).toEqual([
      ['imported-turn-a0', 'completed', ['agentMessage']],
      [
        'imported-turn-u1',
        'interrupted',
        [
          ...[
            'userMessage',
            'reasoning',
            'agentMessage',
            'commandExecution',
            'commandExecution',
            'fileChange',
            'fileChange',
          ],
          ...['commandExecution', 'mcpToolCall', 'webSearch', 'webSearch', 'plan', 'collabAgentToolCall', 'fileChange'],
        ],
      ],
      [
        'imported-turn-u2',
        'completed',
        [
          ...['userMessage', 'userMessage', 'userMessage', 'commandExecution', 'commandExecution', 'dynamicToolCall'],
          ...['agentMessage', 'contextCompaction', 'commandExecution'],
        ],
      ],
      ['imported-turn-u3', 'completed', ['userMessage', 'commandExecution', 'plan', 'agentMessage']],
    ])
  })
})

it('knows every tool of the sample by more than its name alone', () => {
  const kinds = richSession.flatMap((event) => (event.type === 'toolCall' ? [toolView(event.tool).kind] : []))

  expect(kinds.filter((kind) => kind === 'other')).toHaveLength(1)
})

function thoughtsOf(events: readonly SessionEvent[]): RegExp {
  return new RegExp(events.flatMap((event) => (event.type === 'reasoning' ? [event.text] : [])).join('|'))
}

function count(items: readonly { readonly type: string }[], type: string, text: string): number {
  return items.filter((item) => item.type === type && JSON.stringify(item).includes(text)).length
}

async function read(lines: readonly RolloutLine[]) {
  const path = join(folder, `rollout-2026-05-01T10-00-00-${threadId}.jsonl`)
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return await readThread(path)
}
