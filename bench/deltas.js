// 100,000 deltas of a text against a consumer that takes a millisecond for each event, over a child process: is the text
// the same, how much waits, and do requests wait longer than with a consumer that takes no time?
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AppServerClient } from '@gangway/client'
import { median } from './lib/stats.js'

const DELTAS = Number(process.env.DELTAS ?? 100_000)
const PAIRS = Number(process.env.PAIRS ?? 3)
const server = fileURLToPath(new URL('lib/delta-server.js', import.meta.url))

const figures = { 0: [], 1: [] }
for (let pair = 0; pair < PAIRS; pair += 1) for (const ms of [0, 1]) figures[ms].push(await run(ms))

console.log(
  `${DELTAS} deltas against a consumer of 0 and of 1 ms an event, over a child process, ${PAIRS} pairs, medians`,
)
for (const [ms, runs] of Object.entries(figures)) {
  const of = (key) => median(runs.map((one) => one[key])).toFixed(1)
  console.log(
    `  ${ms} ms: text the same, ${of('events')} events, ${of('seconds')} s, heap at most ${of('heapMb')} MB above the start, requests p50 ${of('p50')} ms, p99 ${of('p99')} ms`,
  )
}

async function run(msEach) {
  const client = await AppServerClient.spawn({
    command: [process.execPath, server],
    clientInfo: { name: 'bench', version: '1' },
  })
  globalThis.gc?.()
  const heapBefore = process.memoryUsage().heapUsed
  let heapMost = 0
  let isOver = false
  const began = performance.now()
  const input = [{ type: 'text', text: String(DELTAS), text_elements: [] }]
  await client.request('turn/start', { threadId: 't', input })
  const meanwhile = requests(client, () => isOver)

  let text = ''
  let events = 0
  let whole
  for await (const event of client.events()) {
    events += 1
    heapMost = Math.max(heapMost, process.memoryUsage().heapUsed)
    if (event.type === 'lagged') throw new Error('a delta was dropped')
    if (event.type === 'notification') {
      if (event.method === 'item/agentMessage/delta') text += event.params.delta
      if (event.method === 'item/completed') whole = event.params.item.text
      if (event.method === 'turn/completed') break
    }
    if (msEach > 0) await delay(msEach)
  }
  const seconds = (performance.now() - began) / 1_000
  isOver = true
  const times = await meanwhile
  await client.shutdown()
  if (text !== whole) throw new Error(`the text differs: ${text.length} and ${whole?.length} characters`)
  return { events, seconds, heapMb: (heapMost - heapBefore) / 1_048_576, p50: at(times, 0.5), p99: at(times, 0.99) }
}

async function requests(client, isDone) {
  const times = []
  while (!isDone()) {
    const start = performance.now()
    await client.request('thread/loaded/list', {})
    times.push(performance.now() - start)
    await delay(1)
  }
  return times.sort((a, b) => a - b)
}

function at(times, share) {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))]
}
