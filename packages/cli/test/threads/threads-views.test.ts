import type { Thread, ThreadItem, Turn } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { createStyle } from '../../src/terminal/style.js'
import { displayWidth } from '../../src/terminal/width.js'
import { jsonPieces, markdownPieces } from '../../src/threads/export-thread.js'
import { itemMarkdown } from '../../src/threads/item-markdown.js'
import { threadLines } from '../../src/threads/list-view.js'
import { agoWords } from '../../src/threads/time-words.js'

const nowMs = Date.UTC(2026, 0, 31)

function thread(members: Partial<Thread> = {}): Thread {
  return {
    id: '019bf2a4-1234-7abc-8def-000000000001',
    sessionId: '019bf2a4-1234-7abc-8def-000000000001',
    preview: 'Paint the harbour wall',
    name: null,
    ephemeral: false,
    projectId: null,
    modelProvider: 'openai',
    createdAt: nowMs / 1000 - 7_200,
    updatedAt: nowMs / 1000 - 7_200,
    status: { type: 'notLoaded' },
    cwd: '/home/ada/projects/the-harbour-of-the-northern-islands',
    cliVersion: '1',
    source: 'cli',
    turns: [],
    ...members,
  }
}

const found = (...threads: readonly Thread[]) => ({
  found: threads.map((one) => ({ thread: one, snippet: undefined })),
  nextCursor: null,
})

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

async function* turns(...items: readonly ThreadItem[]): AsyncIterable<Turn> {
  yield { id: 't', items, status: 'failed', error: { message: 'the model went away' }, startedAt: nowMs / 1000 }
}

describe('the list of threads', () => {
  it.each([40, 60, 74, 76, 100, 120])('fits a terminal of %i columns', (columns) => {
    const view = { columns, style: createStyle(false), userHome: '/home/ada' }
    const wide = thread({ name: '船の浮力について、とても長い名前のスレッドです。'.repeat(4) })

    const lines = threadLines(found(wide, thread()), view, { nowMs, more: 'x' })

    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns)
    expect(lines[2]).toContain('Paint the')
    expect(lines[2]).toContain('019bf2a4-1234')
    expect(lines[2]).toContain('2h ago')
  })

  it('spells out what could move the cursor', () => {
    const view = { columns: 80, style: createStyle(false), userHome: '' }

    const lines = threadLines(found(thread({ name: 'a\u001b[2Jb' })), view, { nowMs, more: 'x' })

    expect(lines[1]).toContain('a\\x1b[2Jb')
  })

  it('says how to go on', () => {
    const view = { columns: 80, style: createStyle(false), userHome: '' }

    const lines = threadLines({ ...found(thread()), nextCursor: 'a|b' }, view, { nowMs, more: 'gangway threads list' })

    expect(lines.at(-1)).toBe("1 thread shown; for more: gangway threads list --cursor 'a|b'")
  })

  it('tells ages in few words', () => {
    const at = (seconds: number) => agoWords(nowMs / 1000 - seconds, nowMs)

    expect([at(5), at(90), at(7_300), at(100_000), at(-30)]).toEqual(['now', '1m ago', '2h ago', '1d ago', 'now'])
    expect(at(40 * 86_400)).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })
})

describe('a thread written out', () => {
  it('fences what holds fences, and keeps markup out of summaries', () => {
    const text = itemMarkdown({
      type: 'commandExecution',
      id: 'c',
      command: 'cat <README.md>',
      cwd: '/w',
      status: 'completed',
      commandActions: [],
      aggregatedOutput: '```js\ncode\n```\n',
      exitCode: 0,
    })

    expect(text).toContain('<summary>Ran <code>cat &lt;README.md&gt;</code> (exit code 0)</summary>')
    expect(text).toContain('````\n```js\ncode\n```\n````')
  })

  it('quotes the person, keeps the agent’s Markdown, and names an item that it does not know', async () => {
    const items = [
      { type: 'userMessage', id: 'u', content: [{ type: 'text', text: '# Not a heading\n\nof ours' }] },
      { type: 'agentMessage', id: 'a', text: '## Mine' },
      { type: 'sleep', id: 's', durationMs: 5 },
    ] as const

    const text = await textOf(markdownPieces(thread({ name: 'Boats' }), turns(...items)))

    expect(text).toMatch(/^# Boats\n/)
    expect(text).toContain('> # Not a heading\n>\n> of ours')
    expect(text).toContain('### Agent\n\n## Mine')
    expect(text).toContain('<code>sleep</code>')
    expect(text).toContain('## Turn 1 · 2026-01-31 00:00 UTC · failed')
    expect(text).toContain('*Failed: the model went away*')
  })

  it('is one JSON document, with turns or without', async () => {
    async function* none(): AsyncIterable<Turn> {}
    const item = { type: 'agentMessage', id: 'a', text: 'x' } as const

    const whole = JSON.parse(await textOf(jsonPieces(thread(), turns(item))))
    const empty = JSON.parse(await textOf(jsonPieces(thread(), none())))

    expect(whole).toMatchObject({ thread: { id: thread().id }, turns: [{ items: [item] }] })
    expect(empty.turns).toEqual([])
  })
})
