// The way of a turn: from the model's stream through the server to a client over stdio, pair by pair with one scripted model in a
// process of its own. The client looks at bytes only while deltas come, so that it is not what is measured.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { Server } from './lib/server.js'
import { median, ratio, spread } from './lib/stats.js'
import { writeLongThread } from './lib/threads.js'

const PAIRS = Number(process.env.PAIRS ?? 3)
const DELTAS = Number(process.env.DELTAS ?? 20_000)
const STAMPS = Number(process.env.STAMPS ?? 15)
const TURNS = Number(process.env.TURNS ?? 100)
const ITEMS = Number(process.env.ITEMS ?? 5_000)
const INTERRUPTS = Number(process.env.INTERRUPTS ?? 5)
const root = scratch()
const model = await startModel()
const programs = { reference: reference(), gangway }
const rows = { reference: [], gangway: [] }

for (let pair = 0; pair < PAIRS; pair++)
  for (const [program, words] of Object.entries(programs))
    rows[program].push({
      ...(await turns(words, `${program}-${pair}`)),
      ...(await resumes(words, `${program}-${pair}`)),
    })
model.stop()

console.log(`${DELTAS} deltas, ${TURNS} turns, a thread of ${ITEMS} items, ${PAIRS} pairs; median (min-max)`)
print('deltas/s', 'deltasPerSecond', (theirs, ours) => ratio(ours, theirs))
for (const [label, key] of [
  ['first delta, ms', 'firstDelta'],
  ['first turn, ms', 'firstTurn'],
  ['short turn, ms', 'shortTurn'],
  ['interrupt, ms', 'interrupt'],
  ['RSS before, MB', 'rssBefore'],
  ['RSS after, MB', 'rssAfter'],
  ['RSS growth, %', 'rssGrowth'],
  ['resume, ms', 'resume'],
  ['resume without turns, ms', 'resumeBare'],
  ['resume, once more, ms', 'resumeAgain'],
])
  print(label, key, ratio)

function print(label, key, by) {
  const [theirs, ours] = ['reference', 'gangway'].map((program) => rows[program].map((row) => row[key]))
  const words = [`reference ${spread(theirs).padEnd(26)}`, `gangway ${spread(ours).padEnd(26)}`]
  console.log(`  ${label.padEnd(26)} ${words.join(' ')} ratio ${by(theirs, ours)}`)
}

async function turns(words, name) {
  const server = await started(words, path.join(root, `turns-${name}`))
  const { thread } = await server.request('thread/start', { cwd: root, sandbox: 'danger-full-access' })
  const say = (text) => turn(server, thread.id, text)
  const firstTurn = await say('hello')
  await say('deltas 2000')
  const seconds = (await say(`deltas ${DELTAS}`)) / 1_000

  const stamps = []
  let last
  server.onNotification('item/agentMessage/delta', ({ delta }) => {
    last = { delta, at: performance.timeOrigin + performance.now() }
  })
  for (let index = 0; index < STAMPS; index++) {
    await say('stamp')
    stamps.push(last.at - Number(last.delta))
  }
  const interrupts = []
  for (let index = 0; index < INTERRUPTS; index++) interrupts.push(await interrupt(server, thread.id))
  // Another thread: the history of this one is long by now.
  const { thread: fresh } = await server.request('thread/start', { cwd: root, sandbox: 'danger-full-access' })
  for (let index = 0; index < 5; index++) await turn(server, fresh.id, 'hello')
  const rssBefore = server.rssMb()
  const times = []
  for (let index = 0; index < TURNS; index++) times.push(await turn(server, fresh.id, 'hello'))
  const rssAfter = server.rssMb()
  await server.close()
  return {
    deltasPerSecond: DELTAS / seconds,
    firstDelta: median(stamps),
    firstTurn,
    shortTurn: median(times),
    interrupt: median(interrupts),
    rssBefore,
    rssAfter,
    rssGrowth: (rssAfter / rssBefore - 1) * 100,
  }
}

/** Milliseconds from the request to the turn's end. */
async function turn(server, threadId, text) {
  const done = server.notification('turn/completed')
  const began = performance.now()
  await server.request('turn/start', { threadId, input: [{ type: 'text', text, text_elements: [] }] })
  const { turn: ended } = await done
  if (ended.status !== 'completed') throw new Error(`a turn ${ended.status}: ${JSON.stringify(ended.error)}`)
  return performance.now() - began
}

async function interrupt(server, threadId) {
  const running = new Promise((resolve) => {
    server.onNotification('item/started', ({ item }) => item.type === 'commandExecution' && resolve())
  })
  const input = [{ type: 'text', text: 'run sleep 60', text_elements: [] }]
  const { turn: begun } = await server.request('turn/start', { threadId, input })
  await running
  await new Promise((resolve) => setTimeout(resolve, 200))
  const done = server.notification('turn/completed')
  const began = performance.now()
  server.request('turn/interrupt', { threadId, turnId: begun.id }).catch(() => {})
  await done
  return performance.now() - began
}

/** Every first is in a new process. */
async function resumes(words, name) {
  const codexHome = path.join(root, `resume-${name}`)
  const { threadId } = writeLongThread(codexHome, ITEMS / 2, 300, { isWhole: true })
  const first = async (params) => {
    const server = await started(words, codexHome)
    const ms = await timed(() => server.request('thread/resume', { threadId, ...params }))
    return { server, ms }
  }
  // What a first look at a home builds is there from the second process on.
  const warmUp = await first({})
  await warmUp.server.close()
  const whole = await first({})
  const resumeAgain = await timed(() => whole.server.request('thread/resume', { threadId }))
  await whole.server.close()
  const bare = await first({ excludeTurns: true })
  await bare.server.close()
  return { resume: whole.ms, resumeBare: bare.ms, resumeAgain }
}

async function timed(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function started(words, codexHome) {
  mkdirSync(codexHome, { recursive: true })
  const provider = `[model_providers.scripted]
name = "Scripted"
base_url = "${model.url}"
wire_api = "responses"
requires_openai_auth = false
supports_websockets = false
`
  const config = `model = "gpt-5.5"\nmodel_provider = "scripted"\napproval_policy = "never"\n${provider}`
  writeFileSync(path.join(codexHome, 'config.toml'), config)
  const server = new Server(words, { home: root, codexHome })
  await server.initialize({ experimentalApi: true })
  return server
}

async function startModel() {
  const child = spawn(process.execPath, [new URL('lib/model.js', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
  })
  return { url, stop: () => child.kill() }
}
