import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const face = new URL('../../dist/channel/index.js', import.meta.url).href

/** Pushes 300,000 deltas of 40 items and as much command output at a queue that nobody reads, and says what is held then. */
const program = `
  const { EventQueue } = await import(${JSON.stringify(face)})
  const queue = new EventQueue({ capacity: 128, maxBytes: 4 * 1024 * 1024, delivery: 'tiered' })
  const held = () => (globalThis.gc(), globalThis.gc(), process.memoryUsage().heapUsed)
  const before = held()
  const said = {}
  for (let index = 0; index < 300_000; index++) {
    const ids = { threadId: 't', turnId: 'u', itemId: 'i' + (index % 40) }
    const method = index % 2 ? 'item/agentMessage/delta' : 'item/commandExecution/outputDelta'
    const answer = queue.push({ type: 'notification', method, params: { ...ids, delta: 'x'.repeat(100) + index } })
    said[answer] = (said[answer] ?? 0) + 1
  }
  console.log(JSON.stringify({ grownBytes: held() - before, said }))
  queue.close('done')
`

it('holds no more for a reader that never comes than its bound, whatever is pushed at it', () => {
  const printed = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  const { grownBytes, said } = JSON.parse(printed) as { grownBytes: number; said: Record<string, number> }

  // 4 MiB of events by the queue's own measure; the rest is what the engine needs to hold them.
  expect(grownBytes).toBeLessThan(24 * 1024 * 1024)
  expect(Object.values(said).reduce((sum, count) => sum + count, 0)).toBe(300_000)
  expect(said['coalesced']).toBeGreaterThan(1_000)
})
