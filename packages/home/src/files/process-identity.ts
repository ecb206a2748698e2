import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './digest.js'

/** Which process did something, told apart from later ones with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** When the process started, in the system's own words, so that a reused pid is not taken for it. Linux only. */
  readonly processStart: string | null
}

let ownStart: { readonly written: string | null } | undefined

/** This process. Reads the disk on Linux, once. */
export function thisProcess(): ProcessIdentity {
  ownStart ??= { written: startOf(process.pid) }
  return { pid: process.pid, host: hostname(), processStart: ownStart.written }
}

/** Whether a process of this machine still runs. One of another machine cannot be seen: false. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return false
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false
  }
  return identity.processStart === null || startOf(identity.pid) === identity.processStart
}

/** Field 22 of /proc/PID/stat: ticks since boot. The command's name before it may hold anything, but ends at the last `)`. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
