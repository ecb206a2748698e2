import { expect, it } from 'vitest'
import { Picker } from '../../src/tui/panels/picker.js'
import { createTheme } from '../../src/tui/view/theme.js'
import { runApp } from './app-run.js'
import { keys } from './virtual-terminal.js'

const count = 10_000
const pageSize = 50

function thread(index: number) {
  return {
    id: `id-${index}`,
    name: `Voyage ${index}`,
    preview: '',
    updatedAt: 1_000 - index / 1000,
    cwd: '/projects/project',
  }
}

it('finds a thread among ten thousand, a page at a time', async () => {
  await using run = await runApp()
  const asked: unknown[] = []
  run.peer.on('thread/list', (params) => {
    const { cursor, searchTerm } = params as { cursor?: string | null; searchTerm?: string }
    asked.push(params)
    if (searchTerm !== undefined) {
      const found = Array.from({ length: count }, (_, at) => thread(at)).filter(({ name }) => name.includes(searchTerm))
      return { data: found.slice(0, pageSize), nextCursor: null }
    }
    const from = Number(cursor ?? 0)
    const data = Array.from({ length: pageSize }, (_, at) => thread(from + at))
    return { data, nextCursor: String(from + pageSize) }
  })
  run.peer.on('thread/search', () => ({ data: [], nextCursor: null }))

  run.terminal.type('/resume')
  run.terminal.press(keys.enter)
  await run.terminal.shows('Voyage 0 ')
  for (let page = 0; page < 6; page += 1) run.terminal.press(keys.pageDown)
  await run.terminal.shows('(100+)')
  expect(asked).toHaveLength(2)
  run.terminal.type('Voyage 9876')
  await run.terminal.shows('› Voyage 9876')
  run.peer.on('thread/resume', () => {
    throw new Error('seen')
  })
  run.terminal.press(keys.enter)

  expect(await run.server.request('thread/resume')).toMatchObject({ params: { threadId: 'id-9876' } })
})

it('shows only the answer to what was asked last', async () => {
  const answers = new Map<string, (label: string) => void>()
  const picker = new Picker<string>({
    title: 'Pick',
    searchable: true,
    rows: () => 20,
    theme: createTheme(false),
    changed: () => {},
    picked: () => {},
    cancelled: () => {},
    load: (query) =>
      new Promise((resolve) => {
        answers.set(query, (label) => resolve({ choices: [{ value: label, label }], next: null }))
      }),
  })
  picker.onKey({ name: 'a', text: 'a' })
  await expect.poll(() => answers.has('a')).toBe(true)

  answers.get('a')?.('the last')
  answers.get('')?.('the first')
  await new Promise((resolve) => setImmediate(resolve))

  expect(picker.lines(40).join('\n')).toContain('the last')
  expect(picker.lines(40).join('\n')).not.toContain('the first')
})
