// Start of the process to the answer to `initialize`, with a new home and a known one, and idle memory, pair by pair.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { Server } from './lib/server.js'
import { ratio, spread } from './lib/stats.js'

const PAIRS = Number(process.env.PAIRS ?? 15)
const root = scratch()
const programs = { reference: reference(), gangway }
const figures = Object.fromEntries(
  Object.keys(programs).map((name) => [name, { newHome: [], knownHome: [], rssMb: [] }]),
)

for (let pair = 0; pair < PAIRS; pair++) {
  for (const [name, words] of Object.entries(programs)) {
    const home = path.join(root, `${name}-${pair}`)
    const codexHome = path.join(home, '.codex')
    mkdirSync(codexHome, { recursive: true })
    for (const key of ['newHome', 'knownHome']) {
      const server = new Server(words, { home, codexHome })
      figures[name][key].push(await server.initialize())
      if (key === 'knownHome') {
        await delay(300)
        figures[name].rssMb.push(server.rssMb())
      }
      await server.close()
    }
  }
}

console.log(
  `start to initialize (ms) and idle memory (MB), ${PAIRS} pairs, median (min-max); ratio = reference / gangway`,
)
for (const key of ['newHome', 'knownHome', 'rssMb'])
  console.log(
    `  ${key.padEnd(10)} reference ${spread(figures.reference[key])}  gangway ${spread(figures.gangway[key])}  ratio ${ratio(figures.reference[key], figures.gangway[key])}`,
  )
