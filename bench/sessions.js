// Detect (first, repeated) and import of session logs, pair by pair: 200 sessions of 152 MB, 400 tiny ones, 100 of long lines, one
// of 152 MB, 3,000 of 94 MB. While an import runs, a cheap request is made over and over. `HOMES=tiny,long` picks, `PAIRS=3` repeats.
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { scratch } from './lib/folder.js'
import { gangway, reference } from './lib/programs.js'
import { Server } from './lib/server.js'
import { writeSessions } from './lib/sessions.js'
import { median, ratio, spread } from './lib/stats.js'

const PAIRS = Number(process.env.PAIRS ?? 5)
const REPEATS = 5
const HOMES = {
  medium: { sessions: 200, lines: 500 },
  tiny: { sessions: 400, lines: 5 },
  long: { sessions: 100, lines: 100, bytesPerLine: 12_000 },
  single: { sessions: 1, lines: 100_000 },
  many: { sessions: 3_000, lines: 31, bytesPerLine: 760 },
}
const ALL = { includeHome: true, maxSessions: 1_000_000, maxSessionAgeDays: 100_000 }
const FIGURES = [
  'first',
  'repeated',
  'detectCpu',
  'completed',
  'cpu',
  'peakMb',
  'silence',
  'cheapP50',
  'cheapP99',
  'diskMb',
]
const root = scratch()
const programs = { reference: reference(), gangway }
const picked = (process.env.HOMES ?? Object.keys(HOMES).join(',')).split(',')

for (const name of picked) {
  const home = path.join(root, name)
  const size = writeSessions(home, HOMES[name])
  const rows = { reference: [], gangway: [] }
  for (let pair = 0; pair < PAIRS; pair++)
    for (const [program, words] of Object.entries(programs))
      rows[program].push(await measure(words, home, path.join(root, `codex-${name}-${program}-${pair}`)))
  print(name, size, rows)
}

async function measure(words, home, codexHome) {
  mkdirSync(codexHome, { recursive: true })
  const server = new Server(words, { home, codexHome })
  await server.initialize()
  const detectFrom = server.cpuMs()
  const [first, detected] = await timed(() => server.request('externalAgentConfig/detect', ALL))
  const detectCpu = server.cpuMs() - detectFrom
  const repeated = []
  for (let index = 0; index < REPEATS; index++)
    repeated.push((await timed(() => server.request('externalAgentConfig/detect', ALL)))[0])
  const items = detected.items.filter((item) => item.itemType === 'SESSIONS')
  const run = await importing(server, items)
  const row = {
    ...run,
    first,
    detectCpu,
    repeated: median(repeated),
    diskMb: sizeOf(path.join(codexHome, 'sessions')) / 1e6,
    found: items.flatMap((item) => item.details.sessions.map((one) => `${one.path} ${one.cwd} ${one.title}`)).sort(),
  }
  await server.close()
  return row
}

async function importing(server, migrationItems) {
  const cheap = []
  let running = true
  const calls = (async () => {
    while (running) {
      cheap.push((await timed(() => server.request('thread/loaded/list', {})))[0])
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  server.forgetPeak()
  const cpuFrom = server.cpuMs()
  const began = performance.now()
  let last = began
  let silence = 0
  const heard = () => {
    const now = performance.now()
    silence = Math.max(silence, now - last)
    last = now
  }
  server.onNotification('externalAgentConfig/import/progress', heard)
  const done = server.notification('externalAgentConfig/import/completed')
  await server.request('externalAgentConfig/import', { migrationItems })
  const result = await done
  heard()
  const completed = performance.now() - began
  const cpu = server.cpuMs() - cpuFrom
  running = false
  await calls
  cheap.sort((a, b) => a - b)
  const at = (share) => cheap[Math.min(cheap.length - 1, Math.floor(cheap.length * share))]
  const groups = result.itemTypeResults
  return {
    completed,
    cpu,
    silence,
    peakMb: server.peakRssMb(),
    cheapP50: at(0.5),
    cheapP99: at(0.99),
    successes: groups.reduce((sum, group) => sum + group.successes.length, 0),
    failures: groups.reduce((sum, group) => sum + group.failures.length, 0),
  }
}

function print(name, { bytes, lines }, rows) {
  const { sessions } = HOMES[name]
  console.log(
    `\n${name}: ${sessions} sessions, ${lines} lines, ${(bytes / 1e6).toFixed(0)} MB, ${PAIRS} pairs; ms (MB), median (min-max)`,
  )
  for (const key of FIGURES) {
    const [theirs, ours] = ['reference', 'gangway'].map((program) => rows[program].map((row) => row[key]))
    console.log(
      `  ${key.padEnd(10)} reference ${spread(theirs).padEnd(22)} gangway ${spread(ours).padEnd(22)} ratio ${ratio(theirs, ours)}`,
    )
  }
  const verdict = (row) => `${row.found.length} found, ${row.successes} successes, ${row.failures} failures`
  const same = rows.gangway[0].found.join('\n') === rows.reference[0].found.join('\n')
  console.log(
    `  verdicts   reference ${verdict(rows.reference[0])}; gangway ${verdict(rows.gangway[0])}; same paths, folders, titles: ${same}`,
  )
}

async function timed(act) {
  const began = performance.now()
  const value = await act()
  return [performance.now() - began, value]
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + statSync(path.join(one.parentPath, one.name)).size, 0)
}
