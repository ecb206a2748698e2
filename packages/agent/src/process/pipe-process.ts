import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ProcessEnd } from './process-end.js'
import { ProcessEnding } from './process-ending.js'
import { ProcessError, type ProcessOptions, type RunningProcess } from './process-options.js'

/** How long the output of a process that is over is waited for while something else holds it and says nothing. */
const drainMs = 250
/** The same for one that was ended: nobody needs what comes then. */
const forcedDrainMs = 10

/**
 * Runs a process with pipes, as the leader of a session of its own.
 *
 * @throws ProcessError `NOT_FOUND`, `NOT_STARTED`
 */
export async function startWithPipes(options: ProcessOptions): Promise<RunningProcess> {
  const [program = '', ...args] = options.argv
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    detached: process.platform !== 'win32',
    stdio: [options.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  child.stdout?.on('data', (chunk: Buffer) => options.onOutput(chunk, 'stdout'))
  child.stderr?.on('data', (chunk: Buffer) => options.onOutput(chunk, 'stderr'))
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  exit.catch(() => {})
  // An input that nobody reads is no failure of ours.
  child.stdin?.on('error', () => {})
  await once(child, 'spawn').catch((error: NodeJS.ErrnoException) => {
    throw startError(program, error)
  })
  const ending = new ProcessEnding(child.pid ?? 0, options.timeoutMs, options.signal)
  const ended = waitForEnd(child, exit, ending)
  return {
    pid: child.pid ?? 0,
    ended,
    write: (data) => writeTo(child, data, ended),
    closeStdin: () => void child.stdin?.end(),
    resize: () => {
      throw new ProcessError('NO_TERMINAL', `process ${child.pid} has no terminal to resize`)
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) await ending.end('killed')
      return ended
    },
  }
}

async function waitForEnd(
  child: ChildProcess,
  exit: Promise<[number | null, NodeJS.Signals | null]>,
  ending: ProcessEnding,
): Promise<ProcessEnd> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const [exitCode, signal] = await exit
  const outputStillHeld = !(await drained(child, closed, ending))
  child.stdout?.destroy()
  child.stderr?.destroy()
  child.stdin?.destroy()
  await ending.over()
  return { exitCode, signal, reason: ending.reason, outputStillHeld }
}

/** @returns whether the output came to its end, rather than to a silence */
async function drained(child: ChildProcess, closed: Promise<void>, ending: ProcessEnding): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<false>((resolve) => {
    const restart = () => {
      clearTimeout(timer)
      timer = setTimeout(() => resolve(false), ending.isForced ? forcedDrainMs : drainMs)
    }
    restart()
    child.stdout?.on('data', restart)
    child.stderr?.on('data', restart)
  })
  try {
    return await Promise.race([closed.then(() => true), silent])
  } finally {
    clearTimeout(timer)
  }
}

async function writeTo(child: ChildProcess, data: string | Buffer, ended: Promise<unknown>): Promise<void> {
  const { stdin } = child
  if (stdin === null || stdin.writableEnded) {
    throw new ProcessError('NO_STDIN', `the input of process ${child.pid} is closed`)
  }
  if (stdin.destroyed) return
  await Promise.race([new Promise<void>((resolve) => stdin.write(data, () => resolve())), ended])
}

function startError(program: string, error: NodeJS.ErrnoException): ProcessError {
  const isMissing = error.code === 'ENOENT'
  const message = isMissing
    ? `${program}: not found`
    : `${program}: could not be started (${error.code ?? error.message})`
  return new ProcessError(isMissing ? 'NOT_FOUND' : 'NOT_STARTED', message, { cause: error })
}
