// Detect (first, repeated) and import of 500 skills x 4 files, 100 commands, 50 agents, 20 servers, pair by pair.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { scratch } from './lib/folder.js'
import { writeHome } from './lib/home.js'
import { gangway, reference } from './lib/programs.js'
import { Server } from './lib/server.js'
import { ratio, spread } from './lib/stats.js'

const PAIRS = Number(process.env.PAIRS ?? 9)
const REPEATS = 15
const root = scratch()
const programs = { reference: reference(), gangway }
const figures = Object.fromEntries(
  Object.keys(programs).map((name) => [name, { first: [], repeated: [], answer: [], completed: [], count: [] }]),
)

for (let pair = 0; pair < PAIRS; pair++) {
  for (const [name, words] of Object.entries(programs)) {
    const home = path.join(root, `${name}-${pair}`)
    mkdirSync(path.join(home, '.codex'), { recursive: true })
    writeHome(home)
    const server = new Server(words, { home, codexHome: path.join(home, '.codex') })
    await server.initialize()
    const row = figures[name]
    const [first, detected] = await timed(() => server.request('externalAgentConfig/detect', { includeHome: true }))
    row.first.push(first)
    const repeated = []
    for (let index = 0; index < REPEATS; index++)
      repeated.push((await timed(() => server.request('externalAgentConfig/detect', { includeHome: true })))[0])
    row.repeated.push(repeated.sort((a, b) => a - b)[REPEATS >> 1])
    const done = server.notification('externalAgentConfig/import/completed')
    const began = performance.now()
    await server.request('externalAgentConfig/import', { migrationItems: detected.items })
    row.answer.push(performance.now() - began)
    const completed = await done
    row.completed.push(performance.now() - began)
    row.count.push(completed.itemTypeResults.reduce((sum, group) => sum + group.successes.length, 0))
    await server.close()
  }
}

console.log(`import of artifacts, ${PAIRS} pairs, ms, median (min-max); ratio = reference / gangway`)
for (const key of ['first', 'repeated', 'answer', 'completed'])
  console.log(
    `  ${key.padEnd(10)} reference ${spread(figures.reference[key])}  gangway ${spread(figures.gangway[key])}  ratio ${ratio(figures.reference[key], figures.gangway[key])}`,
  )
console.log(`  successes  reference ${figures.reference.count[0]}  gangway ${figures.gangway.count[0]}`)

async function timed(act) {
  const began = performance.now()
  const value = await act()
  return [performance.now() - began, value]
}
