import { appendFileSync } from 'node:fs'
import { readThread, ThreadIndex } from '@gangway/home'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  answered,
  completed,
  event,
  item,
  type Line,
  lineText,
  said,
  started,
  temporaryHome,
  threadId,
  writeThread,
} from './rollout.js'

const id = threadId(1)

/** A thread of these lines: as text, and as JSON of what is read. Text is null where only reading will do. */
async function bothOf(lines: readonly Line[], { raw = '', isLive = false, historyMode = 'legacy' } = {}) {
  const layout = temporaryHome()
  const path = writeThread(layout, id, lines, { meta: { history_mode: historyMode } })
  appendFileSync(path, raw)
  const index = ThreadIndex.open(layout)
  const found = await index.readText(id, { isLive })
  const text = found?.turns ? Buffer.concat(found.turns).toString() : null
  const read = JSON.stringify((await readThread(path, { isLive })).turns)
  await index.close()
  return { text, read }
}

/** Every text of ours is long enough to be left alone. */
const padding = ' so it goes'.repeat(40)
const turn = (n: number, text: string) => [
  started(`t${n}`),
  said(`q${n} ${text}`),
  answered(`a${n} ${text}`),
  item(`t${n}`, { type: 'AgentMessage', id: `m${n}`, content: [{ type: 'Text', text: `a${n} ${text}` }] }),
  item(`t${n}`, {
    type: 'CommandExecution',
    id: `c${n}`,
    command: ['ls', text],
    aggregated_output: text,
    exit_code: 0,
  }),
  completed(`t${n}`),
]
const many = (count: number, text: string) => Array.from({ length: count }, (_, n) => turn(n, text)).flat()

it.each(['legacy', 'paginated'])(
  'gives the text of what is read, for a %s thread of several megabytes',
  async (historyMode) => {
    const { text, read } = await bothOf(many(300, 'word "quoted" \\ back\n\u001b[1mé😀'.repeat(100)), { historyMode })

    expect(text).toBe(read)
  },
)

it('gives the text of a thread that no event opens the turns of', async () => {
  const lines = Array.from({ length: 600 }, (_, n) => [said(`q${n}${padding.repeat(4)}`), answered(`a${n}${padding}`)])
  const { text, read } = await bothOf(lines.flat())

  expect(text).toBe(read)
})

it.each([
  ['nothing', []],
  ['a turn that never ended', [started('t1'), said(padding)]],
  ['blank words', [started('t1'), said('\u00a0\u3000 \n'.repeat(80)), answered(`a${padding}`), completed('t1')]],
  ['words that look like a mark', [started('t1'), said(`text-0123456789ab:0;${padding}`), completed('t1')]],
  ['a lone surrogate', [started('t1'), said(`\ud800${padding}`), completed('t1')]],
  ['a long text in a list', [started('t1'), item('t1', { type: 'Reasoning', id: 'r', summary_text: [padding] })]],
] as const)('gives the text of %s', async (_, lines) => {
  for (const isLive of [false, true]) {
    const { text, read } = await bothOf(lines, { isLive })
    expect(text ?? read).toBe(read)
  }
})

it.each([
  ['taken back', [...many(3, padding), event({ type: 'thread_rolled_back', num_turns: 1 })], ''],
  ['told of out of order', [...many(400, padding.repeat(10)), completed('t1', 7)], ''],
  ['spelled in another way', [], lineText(said(`a/b${padding}`)).replace('a/b', 'a\\/b')],
  ['spelled with a bare control character', [], lineText(said(`a b${padding}`)).replace('a b', 'a\tb')],
  ['spelled with escapes', [], lineText(said(`é${padding}`)).replace('é', '\\u00e9')],
])('leaves to reading what is %s', async (_, lines, raw) => {
  expect((await bothOf(lines, { raw })).text).toBeNull()
})

it('passes over a line that was cut within a long text', async () => {
  const raw = `${lineText(said(padding)).slice(0, -30)}\n${lineText(answered(`behind${padding}`))}`
  const { text, read } = await bothOf(turn(1, padding), { raw })

  expect(text).toBe(read)
  expect(text).toContain('behind')
})

it('gives the text of what is read, whatever is said', async () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 300 })
  const spoken = fc.tuple(words, fc.constantFrom('', padding), words).map((parts) => parts.join(''))
  const line = fc.oneof(
    spoken.map(said),
    spoken.map(answered),
    fc.tuple(fc.nat(3), spoken).map(([n, text]) => turn(n, text)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
      const { text, read } = await bothOf(lines.flat())
      expect(text ?? read).toBe(read)
    }),
    { numRuns: 40 },
  )
})
