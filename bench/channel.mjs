// Nanoseconds per event through the queue, per line through the framer, and per request through the client.
//   npm run build && node bench/channel.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppServerClient } from '@gangway/client'
import { startInProcess } from '@gangway/client/in-process'
import { EventQueue, JsonLines } from '@gangway/protocol/channel'

const ROUNDS = 7

/** Runs `work`, which does something `count` times, and prints the median of the rounds after the first. */
async function measure(name, count, work) {
  const times = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const start = process.hrtime.bigint()
    await work(count)
    if (round > 0) times.push(Number(process.hrtime.bigint() - start) / count)
  }
  times.sort((a, b) => a - b)
  const [low, median, high] = [times[0], times[ROUNDS >> 1], times[ROUNDS - 1]].map(Math.round)
  console.log(`${name.padEnd(64)} ${String(median).padStart(6)} ns  (${low} to ${high})`)
}

const started = () => ({
  type: 'notification',
  method: 'turn/started',
  params: { threadId: 't', turn: { id: 'u', status: 'inProgress', items: [] } },
})
const delta = (itemId) => ({
  type: 'notification',
  method: 'item/agentMessage/delta',
  params: { threadId: 't', turnId: 'u', itemId, delta: 'hello ' },
})
const warning = () => ({ type: 'notification', method: 'warning', params: { threadId: 't', message: 'careful' } })

/** Writes in bursts, waits for room where told to, and waits for the reader after each burst. */
function throughQueue(make, burst, options) {
  return async (count) => {
    const queue = new EventQueue(options)
    let wake = () => {}
    const read = (async () => {
      for await (const _ of queue) if (queue.length === 0) wake()
    })()
    for (let i = 0; i < count; i += burst) {
      const drained = new Promise((resolve) => {
        wake = resolve
      })
      for (let j = 0; j < burst; j += 1) {
        const event = make(i + j)
        while (queue.push(event) === 'wait') await queue.room()
      }
      await drained
    }
    queue.close()
    await read
  }
}

const EVENTS = 400_000
await measure('event, lossless, in bursts of 100', EVENTS, throughQueue(started, 100, {}))
await measure('event, lossless, one at a time', EVENTS, throughQueue(started, 1, {}))
await measure('event, lossless, reader behind: every push waits for room', EVENTS, throughQueue(started, 1000, {}))
await measure('event, best effort, reader behind: 87 % dropped and counted', EVENTS, throughQueue(warning, 1000, {}))
await measure(
  'delta, joined: bursts of 100 over 4 items',
  EVENTS,
  throughQueue((i) => delta(`i${i % 4}`), 100, {}),
)
await measure('event, delivery lossless', EVENTS, throughQueue(started, 100, { delivery: 'lossless' }))
await measure('event, delivery reference', EVENTS, throughQueue(started, 100, { delivery: 'reference' }))

const line = `${JSON.stringify({ id: 1, method: 'thread/read', params: { text: 'x'.repeat(200) } })}\n`
const chunk = new TextEncoder().encode(line.repeat(Math.floor(65_536 / line.length)))
await measure(`line of ${line.length} bytes in chunks of 64 KiB`, 1_000_000, (count) => {
  let left = count
  const framer = new JsonLines({ line: () => (left -= 1), invalid() {}, oversize() {} })
  while (left > 0) framer.push(chunk)
})

const answer = { userAgent: 'bench/1 (x)', codexHome: '/x', platformFamily: 'unix', platformOs: 'linux' }
const emptyLink = {
  events: new EventQueue(),
  closed: new Promise(() => {}),
  request: () => Promise.resolve(answer),
  notify() {},
  answer: () => false,
  reject: () => false,
  close: async () => ({ forced: false }),
}
const clientInfo = { name: 'bench', version: '1' }
const overNothing = await AppServerClient.over(emptyLink, { clientInfo }, { endpoint: 'nothing', checksResults: false })
const sequential = (client, method) => async (count) => {
  for (let i = 0; i < count; i += 1) await client.request(method, {})
}
await measure('request, client alone, one at a time', 200_000, sequential(overNothing, 'skills/list'))
await measure('request, client alone, 16 in flight', 200_000, async (count) => {
  for (let i = 0; i < count; i += 16) {
    await Promise.all(Array.from({ length: 16 }, () => overNothing.request('skills/list', {})))
  }
})

const codexHome = mkdtempSync(join(tmpdir(), 'gangway-bench-'))
const client = await startInProcess({ codexHome, clientInfo, sessionSource: 'exec' })
await measure('request, server in process', 50_000, sequential(client, 'configRequirements/read'))
await client.shutdown()
rmSync(codexHome, { recursive: true })
