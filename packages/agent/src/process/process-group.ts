import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A process, and all that came of it, as far as the system still tells: its group, its session, its descendants. */
export class ProcessGroup {
  readonly #leader: number
  /** Seen before a signal: a child whose parent is gone cannot be found by its parent any more. */
  readonly #seen = new Set<number>()

  constructor(leader: number) {
    this.#leader = leader
  }

  /** Sends `signal` to all of them. Never throws; those that are gone are left out. */
  signal(signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' | 'SIGHUP'): void {
    if (process.platform === 'win32') {
      spawnSync('taskkill', ['/pid', String(this.#leader), '/T', '/F'], { stdio: 'ignore' })
      return
    }
    this.#look()
    send(-this.#leader, signal)
    for (const pid of this.#seen) send(pid, signal)
  }

  /** Whether any of them runs; the dead that nobody has collected yet do not count. */
  isAlive(): boolean {
    if (process.platform !== 'linux') return send(-this.#leader, 0)
    this.#look()
    return this.#seen.size > 0
  }

  #look(): void {
    if (process.platform !== 'linux') return
    const running = readProcesses()
    for (const pid of this.#seen) if (!running.has(pid)) this.#seen.delete(pid)
    // Parents have lower numbers than their children nearly always; the loop goes on until nothing is new.
    for (let grew = true; grew; ) {
      grew = false
      for (const [pid, { parent, group, session }] of running) {
        if (this.#seen.has(pid)) continue
        const isOurs =
          pid === this.#leader || group === this.#leader || session === this.#leader || this.#seen.has(parent)
        if (!isOurs) continue
        this.#seen.add(pid)
        grew = true
      }
    }
  }
}

interface Relations {
  readonly parent: number
  readonly group: number
  readonly session: number
}

/** All processes of this machine that are not dead. */
function readProcesses(): Map<number, Relations> {
  const found = new Map<number, Relations>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const relations = readRelations(pid)
    if (relations !== undefined) found.set(pid, relations)
  }
  return found
}

function readRelations(pid: number): Relations | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in parentheses, and may hold any character.
    const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return undefined
    return { parent: Number(parent), group: Number(group), session: Number(session) }
  } catch {
    return undefined
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
