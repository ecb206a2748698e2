import { tmpdir } from 'node:os'
import { type ProcessOptions, type RunningProcess, startProcess } from '../../src/index.js'

/** A process and what it wrote so far. */
export interface Started {
  readonly process: RunningProcess
  text(): string
}

/** Runs `argv` in the temp folder with the environment of the tests. */
export async function start(argv: readonly string[], change: Partial<ProcessOptions> = {}): Promise<Started> {
  const chunks: Buffer[] = []
  const process_ = await startProcess({
    argv,
    cwd: tmpdir(),
    env: process.env,
    terminal: null,
    stdin: false,
    onOutput: (chunk) => void chunks.push(chunk),
    timeoutMs: null,
    ...change,
  })
  return { process: process_, text: () => Buffer.concat(chunks).toString('utf8') }
}

/** Whether a process of this number runs: the dead that wait to be collected do not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
