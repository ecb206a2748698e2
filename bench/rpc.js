// Round trips per second over stdio and a loopback websocket, with 1, 16, 64 and 256 in flight, pair by pair; and what
// becomes of 20,000 requests that are written at once.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { ratio, spread } from './lib/stats.js'
import { listen, openSocket, openStdio, settle } from './lib/wire.js'

const PAIRS = Number(process.env.PAIRS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 1)
const METHOD = 'thread/loaded/list'
const DEPTHS = [1, 16, 64, 256]
const FLOOD = 20_000
const REFUSED = Buffer.from('"code":-32001')

const root = scratch()
const programs = { reference: reference(), gangway }
const figures = {}

for (let pair = 0; pair < PAIRS; pair += 1) {
  for (const [name, words] of Object.entries(programs)) {
    const home = path.join(root, `${name}-${pair}`)
    mkdirSync(home, { recursive: true })
    const stdio = await openStdio(words, home)
    for (const depth of DEPTHS) note(`stdio ${depth}`, name, await roundTrips(stdio, depth))
    note('flood', name, await flood(stdio))
    await stdio.close()
    const server = await listen(words, home)
    const socket = await openSocket(server.url)
    await settle(socket)
    for (const depth of DEPTHS) note(`websocket ${depth}`, name, await roundTrips(socket, depth))
    await socket.close()
    await server.close()
  }
}

console.log(
  `${METHOD} per second, ${PAIRS} pairs of ${SECONDS} s, median (min-max); ratio = gangway / reference; refused: -32001`,
)
for (const [what, by] of Object.entries(figures).filter(([what]) => what !== 'flood')) {
  const rates = (name) => by[name].map(({ perSecond }) => perSecond)
  const share = (name) => {
    const refused = by[name].reduce((sum, one) => sum + one.refused, 0)
    return `${((100 * refused) / by[name].reduce((sum, one) => sum + one.answers, 0)).toFixed(1)} % refused`
  }
  console.log(
    `  ${what.padEnd(14)} reference ${spread(rates('reference'))} ${share('reference')}  gangway ${spread(rates('gangway'))} ${share('gangway')}  ratio ${ratio(rates('gangway'), rates('reference'))}`,
  )
}
console.log(
  `${FLOOD} requests at once over stdio: answered with a result, refused with -32001, not answered within 3 s`,
)
for (const [name, runs] of Object.entries(figures.flood))
  console.log(
    `  ${name.padEnd(10)} ${runs.map(({ results, refused, lost }) => `${results}/${refused}/${lost}`).join('  ')}`,
  )

function note(what, name, figure) {
  figures[what] ??= { reference: [], gangway: [] }
  figures[what][name].push(figure)
}

/** Keeps `depth` requests open for a while: each chunk of answers is followed by as many requests. */
async function roundTrips(wire, depth) {
  let id = 0
  let answers = 0
  let refused = 0
  let open = 0
  const ask = (count) => {
    open += count
    wire.send(Array.from({ length: count }, () => `{"id":${id++},"method":"${METHOD}","params":{}}`))
  }
  const until = performance.now() + SECONDS * 1_000
  const began = performance.now()
  await new Promise((resolve) => {
    wire.onTexts = (count, chunk) => {
      answers += count
      open -= count
      refused += occurrences(chunk, REFUSED)
      if (performance.now() < until) ask(count)
      else if (open === 0) resolve()
    }
    ask(depth)
  })
  return { perSecond: ((answers - refused) * 1_000) / (performance.now() - began), answers, refused }
}

async function flood(wire) {
  let answers = 0
  let refused = 0
  const over = new Promise((resolve) => {
    let timer = setTimeout(resolve, 3_000)
    wire.onTexts = (count, chunk) => {
      answers += count
      refused += occurrences(chunk, REFUSED)
      clearTimeout(timer)
      if (answers >= FLOOD) resolve()
      else timer = setTimeout(resolve, 3_000)
    }
  })
  wire.send(Array.from({ length: FLOOD }, (_, id) => `{"id":"f${id}","method":"${METHOD}","params":{}}`))
  await over
  return { results: answers - refused, refused, lost: FLOOD - answers }
}

function occurrences(chunk, needle) {
  const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
  let count = 0
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) count += 1
  return count
}
