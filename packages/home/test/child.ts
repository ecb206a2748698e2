import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a program of this folder, written in TypeScript, as a process of its own. */
export function startProgram(path: string, args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(path, import.meta.url))
  const options = ['--conditions=@gangway/source', '--import', 'tsx']
  return spawn(process.execPath, [...options, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Waits for the end of a process; gives its exit code, or the signal that ended it. */
export function endOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
}
