// Memory of idle websocket connections that have introduced themselves, pair by pair.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { ratio, spread } from './lib/stats.js'
import { listen, openSocket, rssMb } from './lib/wire.js'

const PAIRS = Number(process.env.PAIRS ?? 3)
const [FEW, MANY] = [1, 1_000]

const root = scratch()
const figures = { reference: [], gangway: [] }
for (let pair = 0; pair < PAIRS; pair += 1) {
  for (const [name, words] of Object.entries({ reference: reference(), gangway })) {
    const home = path.join(root, `${name}-${pair}`)
    mkdirSync(home, { recursive: true })
    const server = await listen(words, home)
    const open = []
    const grow = async (count) => {
      while (open.length < count) open.push(await openSocket(server.url))
      await delay(1_500)
      return rssMb(server.child)
    }
    const few = await grow(FEW)
    const many = await grow(MANY)
    figures[name].push({ few, many, perConnectionKb: ((many - few) * 1024) / (MANY - FEW) })
    for (const socket of open) await socket.close()
    await server.close()
  }
}

console.log(
  `resident memory with idle websocket connections, ${PAIRS} pairs, median (min-max); ratio = reference / gangway`,
)
for (const [key, label] of [
  ['few', `MB with ${FEW}`],
  ['many', `MB with ${MANY}`],
  ['perConnectionKb', 'KB for each'],
]) {
  const of = (name) => figures[name].map((one) => one[key])
  console.log(
    `  ${label.padEnd(14)} reference ${spread(of('reference'))}  gangway ${spread(of('gangway'))}  ratio ${ratio(of('reference'), of('gangway'))}`,
  )
}
