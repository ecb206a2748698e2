import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { log } from '../sessions-read/session-logs.js'
import { type SessionHome, sessionHome, talk } from './session-home.js'

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))
const packageRoot = fileURLToPath(new URL('../..', import.meta.url))
const count = 60

/** Starts an import in a process of its own and kills it once so many threads stand there, and `afterMs` later. */
async function importAndKill(home: SessionHome, threads: number, afterMs: number): Promise<NodeJS.Signals | null> {
  const args = ['--conditions=@gangway/source', '--import', 'tsx', child, home.home]
  const process_ = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit'] })
  const watch = setInterval(() => {
    if (home.threadPaths().length < threads) return
    clearInterval(watch)
    setTimeout(() => process_.kill('SIGKILL'), afterMs)
  }, 1)
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
    process_.once('exit', (_code, by) => resolve(by))
  })
  clearInterval(watch)
  return signal
}

function leftOvers(home: SessionHome): string[] {
  const names = readdirSync(home.layout.sessionsDir, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.tmp'))
}

describe('an import of sessions that is killed', () => {
  it('E11: is finished by the next one without a thread twice, and leaves nothing half made', {
    timeout: 60_000,
  }, async () => {
    const logs = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`-repo/s${n}.jsonl`, log(...talk(`t${n}`, 300))]),
    )
    for (const [threads, afterMs] of [
      [1, 0],
      [5, 3],
      [20, 1],
      [45, 2],
    ] as const) {
      const home = sessionHome(logs)
      expect(await importAndKill(home, threads, afterMs)).toBe('SIGKILL')
      const before = home.threadPaths().length

      const { result } = await home.bring(...Object.keys(logs))

      expect(result.errorCount).toBe(0)
      // A thread that was there and had no name yet counts as brought over, too.
      expect(result.successCount).toBeGreaterThanOrEqual(count - before)
      expect(result.successCount + result.skipped.length).toBe(count)
      expect(home.threadPaths()).toHaveLength(count)
      expect(leftOvers(home)).toEqual([])
      const again = await home.bring(...Object.keys(logs))
      expect(again.result.skipped).toHaveLength(count)
      expect(home.threadPaths()).toHaveLength(count)
      expect(home.ledger().records).toHaveLength(count)
      expect(home.names().size).toBe(count)
    }
  })
})
