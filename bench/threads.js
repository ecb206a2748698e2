// thread/list among 10,000 threads (first, warm), and thread/read of one thread of 26,800 turns, pair by pair. `readInProcess` is our
// server without a wire: beside it stands what the reference needs over stdio, which is its only way.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { startInProcess } from '@gangway/client/in-process'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { Server } from './lib/server.js'
import { median, ratio, spread } from './lib/stats.js'
import { writeLongThread, writeThreads } from './lib/threads.js'

const PAIRS = Number(process.env.PAIRS ?? 3)
const THREADS = Number(process.env.THREADS ?? 10_000)
const TURNS = Number(process.env.TURNS ?? 26_800)
const REPEATS = 21
const root = scratch()
const programs = { reference: reference(), gangway }
const rows = { reference: [], gangway: [] }

for (let pair = 0; pair < PAIRS; pair++)
  for (const [program, words] of Object.entries(programs))
    rows[program].push({
      ...(await listing(words, `${program}-${pair}`)),
      ...(await reading(words, `${program}-${pair}`)),
    })

console.log(
  `${THREADS} threads, one of ${TURNS} turns, ${PAIRS} pairs; ms (MB), median (min-max); ratio = reference / gangway`,
)
for (const key of [
  'listFirst',
  'listWarm',
  'listAll',
  'readFirst',
  'readWarm',
  'readCpu',
  'readPeakMb',
  'readInProcess',
  'turnsPage',
]) {
  const [theirs, ours] = ['reference', 'gangway'].map((program) => rows[program].map((row) => row[key]))
  console.log(
    `  ${key.padEnd(10)} reference ${spread(theirs).padEnd(22)} gangway ${spread(ours).padEnd(22)} ratio ${ratio(theirs, ours)}`,
  )
}
const verdict = ({ listed, page, turns, answerMb }) =>
  `${listed} threads listed, pages of ${page}; ${turns} turns, answer of ${answerMb.toFixed(0)} MB`
for (const program of Object.keys(rows)) console.log(`  verdicts   ${program} ${verdict(rows[program][0])}`)

async function listing(words, name) {
  const codexHome = path.join(root, `list-${name}`)
  writeThreads(codexHome, THREADS)
  const server = await started(words, codexHome)
  const [listFirst, { data }] = await timed(() => server.request('thread/list', { limit: 50 }))
  // Walking all pages waits until all threads are known: what comes after is warm.
  const [listAll, listed] = await timed(() => everyPage(server))
  const warm = []
  for (let index = 0; index < REPEATS; index++)
    warm.push((await timed(() => server.request('thread/list', { limit: 50 })))[0])
  await server.close()
  return { listFirst, listWarm: median(warm), listAll, listed, page: data.length }
}

async function everyPage(server) {
  let count = 0
  let cursor = null
  do {
    const page = await server.request('thread/list', { limit: 100, cursor })
    count += page.data.length
    cursor = page.nextCursor
  } while (cursor)
  return count
}

async function reading(words, name) {
  const codexHome = path.join(root, `read-${name}`)
  const { threadId } = writeLongThread(codexHome, TURNS, 2_000)
  const server = await started(words, codexHome)
  server.forgetPeak()
  const cpuFrom = server.cpuMs()
  const read = async () => {
    const began = performance.now()
    const answer = await server.request('thread/read', { threadId, includeTurns: true })
    return [server.receivedAt - began, answer]
  }
  const [readFirst, { thread }] = await read()
  const readCpu = server.cpuMs() - cpuFrom
  const readPeakMb = server.peakRssMb()
  const [readWarm] = await read()
  const [turnsPage] = await timed(() =>
    server.request('thread/turns/list', { threadId, limit: 20, sortDirection: 'desc' }),
  )
  await server.close()
  return {
    turnsPage,
    readInProcess: words === gangway ? await readingInProcess(codexHome, threadId) : readFirst,
    readFirst,
    readWarm,
    readCpu,
    readPeakMb,
    turns: thread.turns.length,
    answerMb: JSON.stringify(thread).length / 1e6,
  }
}

async function readingInProcess(codexHome, threadId) {
  const clientInfo = { name: 'bench', version: '1' }
  const client = await startInProcess({ clientInfo, sessionSource: 'exec', codexHome, env: { HOME: codexHome } })
  const [ms] = await timed(() => client.request('thread/read', { threadId, includeTurns: true }))
  await client.shutdown()
  return ms
}

async function started(words, codexHome) {
  mkdirSync(codexHome, { recursive: true })
  const server = new Server(words, { home: codexHome, codexHome })
  await server.initialize()
  return server
}

async function timed(act) {
  const began = performance.now()
  const value = await act()
  return [performance.now() - began, value]
}
