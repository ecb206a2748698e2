import type { ThreadItem } from '@gangway/protocol'
import { expect, it } from 'vitest'
import { emptySession, type SessionState } from '../../src/session/session-shape.js'
import { reduceSession } from '../../src/session/session-state.js'
import { Transcript } from '../../src/tui/screen/transcript.js'
import { widthOf } from '../../src/tui/view/measure.js'
import { createTheme } from '../../src/tui/view/theme.js'
import { completed, openedAnswer, started, threadId, told, words } from '../session/told.js'

const opened = reduceSession(emptySession, { type: 'opened', answer: openedAnswer() })

function afterItems(...items: readonly ThreadItem[]): SessionState {
  return items.reduce((state, item) => reduceSession(state, completed('t', item)), opened)
}

function shown(state: SessionState, options: { width?: number; expanded?: boolean; colour?: boolean } = {}): string {
  const transcript = new Transcript(createTheme(options.colour ?? false), state)
  transcript.show(state, [], options.expanded ?? false)
  return transcript.lines(options.width ?? 80).join('\n')
}

const output = Array.from({ length: 30 }, (_, line) => `row ${line}`).join('\n')
const listing: ThreadItem = {
  type: 'commandExecution',
  id: 'c',
  command: "/bin/bash -lc 'ls -R'",
  cwd: '/projects/project',
  status: 'completed',
  commandActions: [],
  aggregatedOutput: output,
  exitCode: 0,
}
const patch: ThreadItem = {
  type: 'fileChange',
  id: 'f',
  status: 'completed',
  changes: [
    { path: '/w/a.txt', kind: { type: 'update' }, diff: '@@ -1 +1 @@\n-old\n+new\n' },
    { path: '/w/b.txt', kind: { type: 'add' }, diff: 'fresh\n' },
  ],
}

it('folds the output of a command to its end, and shows all of it when expanded', () => {
  const folded = shown(afterItems(listing))
  const expanded = shown(afterItems(listing), { expanded: true })

  expect(folded).toContain('$ ls -R')
  expect(folded).toContain('26 lines before')
  expect(folded).not.toContain('row 3\n')
  expect(folded).toContain('row 29')
  expect(expanded).toContain('row 3\n')
})

it('shows what a running command prints', () => {
  const running = reduceSession(opened, started('t', { ...listing, status: 'inProgress', aggregatedOutput: null }))
  const params = { threadId, turnId: 't', itemId: 'c', delta: 'first line\n' }

  expect(shown(reduceSession(running, told('item/commandExecution/outputDelta', params)))).toContain('first line')
})

it('folds reasoning to its last line', () => {
  const item: ThreadItem = { type: 'reasoning', id: 'r', summary: ['**Weighing**\n\nthis and that'], content: [] }

  expect(shown(afterItems(item))).toBe('thought: this and that\n')
  expect(shown(afterItems(item), { expanded: true })).toContain('**Weighing**')
})

it('shows a patch as diffs with their counts, which read the same without colour', () => {
  const plain = shown(afterItems(patch))
  const coloured = shown(afterItems(patch), { colour: true })

  expect(plain).toContain('edit /w/a.txt +1 -1')
  expect(plain).toContain('add /w/b.txt +1 -0')
  expect(plain).toContain('    -old\n    +new')
  expect(coloured).toContain('\u001b[31m    -old\u001b[39m')
  expect(coloured).toContain('\u001b[32m    +new\u001b[39m')
})

it('says why a command did not run or how it failed', () => {
  expect(shown(afterItems({ ...listing, status: 'declined', aggregatedOutput: null }))).toContain('not run: declined')
  expect(shown(afterItems({ ...listing, status: 'failed', exitCode: 3 }))).toContain('exit code 3')
})

it('never makes a line wider than the screen, however narrow it is', () => {
  const wide = words(
    'm',
    '世界'.repeat(40) +
      '\n\n| a | b |\n|---|---|\n| 长长长长长 | 👩‍👩‍👧‍👦 |\n\n```ts\nconst long = 1234567890123456789\n```\n',
  )
  const asked: ThreadItem = {
    type: 'userMessage',
    id: 'u',
    content: [{ type: 'text', text: '你好'.repeat(30), text_elements: [] }],
  }
  for (const width of [80, 40, 20, 9, 4, 2]) {
    const lines = shown(afterItems(asked, wide, listing, patch), { width, colour: true }).split('\n')
    expect(lines.filter((line) => widthOf(line) > width)).toEqual([])
  }
})

it('spells out what could move the cursor, in words and in output', () => {
  const sly = 'safe\u001b[2Jgone\u0007\u202e'
  const text = shown(afterItems(words('m', sly), { ...listing, aggregatedOutput: `a\rb\u001b[31mred\u001b[0m${sly}` }))

  expect(text).toContain('safe\\x1b[2Jgone\\x07\\u{202e}')
  expect(text).toContain('a\\rbred')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

it('uses no colour at all without colour', () => {
  const text = shown(afterItems(words('m', '# Head\n\n**bold** `code`\n\n```ts\nconst a = 1\n```\n'), listing, patch))

  expect(text).not.toContain('\u001b[3')
  expect(text).not.toContain('\u001b[1m')
})

it('makes nothing anew of items that are done', () => {
  let state = afterItems(...Array.from({ length: 50 }, (_, index) => words(`m${index}`, `words ${index}`)))
  const transcript = new Transcript(createTheme(false), state)
  transcript.show(state, [], false)
  const before = [...transcript.lines(80)]
  let looked = 0
  const watched = state.items.map((entry) => ({
    ...entry,
    get item() {
      looked += 1
      return entry.item
    },
  }))
  state = { ...state, items: watched }
  transcript.show(state, [], false)
  transcript.lines(80)
  const first = looked
  state = reduceSession(state, told('item/agentMessage/delta', { threadId, turnId: 't', itemId: 'x', delta: 'more' }))
  looked = 0
  transcript.show(state, [], false)
  const after = transcript.lines(80)

  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.slice(before.length)).toEqual(['more', ''])
  // Each item is asked for its id; making its lines asks for more.
  expect(looked).toBeLessThan(first)
})
