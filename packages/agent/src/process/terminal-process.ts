import { accessSync, closeSync, constants, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, isAbsolute, join } from 'node:path'
import type { IPty } from '@lydell/node-pty'
import { type ProcessEnd, signalName } from './process-end.js'
import { ProcessEnding } from './process-ending.js'
import { ProcessError, type ProcessOptions, type RunningProcess, type TerminalSize } from './process-options.js'

/** How long nothing must have come from a terminal whose program is gone, until all that it wrote was read. */
const quietMs = 20

/**
 * Runs a process in a terminal of its own. Both ways out are one there.
 *
 * @throws ProcessError `NOT_FOUND`, `NO_TERMINAL` where terminals cannot be made on this machine
 */
export function startInTerminal(options: ProcessOptions, size: TerminalSize): RunningProcess {
  const [program = '', ...args] = options.argv
  const path = find(program, options)
  const pty = spawnPty(path, args, options, size)
  let lastOutputMs = Date.now()
  // Bytes come, as asked for; the types know only text.
  pty.onData((data: string | Buffer) => {
    lastOutputMs = Date.now()
    options.onOutput(typeof data === 'string' ? Buffer.from(data) : data, 'stdout')
  })
  const release = hold(pty, () => Date.now() - lastOutputMs > quietMs)
  const ending = new ProcessEnding(pty.pid, options.timeoutMs, options.signal)
  let isOver = false
  const ended = new Promise<ProcessEnd>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      isOver = true
      release()
      const name = signalName(signal)
      void ending.over().then(() =>
        resolve({
          exitCode: name === null ? exitCode : null,
          signal: name,
          reason: ending.reason,
          outputStillHeld: false,
        }),
      )
    })
  })
  return {
    pid: pty.pid,
    ended,
    async write(data) {
      // Its own types know only text, and it writes bytes as well.
      if (!isOver) pty.write(data as string)
    },
    closeStdin: () => {
      if (!isOver) pty.write('\x04')
    },
    resize: ({ cols, rows }) => {
      if (!isOver) pty.resize(cols, rows)
    },
    async kill() {
      if (!isOver) await ending.end('killed')
      return ended
    },
  }
}

function spawnPty(path: string, args: string[], options: ProcessOptions, { cols, rows }: TerminalSize): IPty {
  try {
    // Loaded where a terminal is asked for, and not at all where it was not installed.
    const { spawn } = createRequire(import.meta.url)('@lydell/node-pty') as typeof import('@lydell/node-pty')
    const env = Object.fromEntries(Object.entries(options.env).filter(([, value]) => value !== undefined))
    return spawn(path, args, {
      cols,
      rows,
      cwd: options.cwd,
      env,
      encoding: null,
      name: env['TERM'] ?? 'xterm-256color',
    })
  } catch (error) {
    throw new ProcessError('NO_TERMINAL', `no terminal can be made here for ${options.argv[0]}`, { cause: error })
  }
}

/**
 * Keeps the terminal open from our side too: the last thing that a program writes is lost otherwise when it exits.
 *
 * Let go once the program is gone and its output has been quiet. @returns the same, at once
 */
function hold(pty: IPty, isQuiet: () => boolean): () => void {
  if (process.platform === 'win32') return () => {}
  const { ptsName, _pty } = pty as IPty & { ptsName?: string; _pty?: string }
  const name = ptsName ?? _pty
  if (name === undefined) return () => {}
  let descriptor: number | undefined
  try {
    descriptor = openSync(name, constants.O_RDWR | constants.O_NOCTTY)
  } catch {
    // The program is over already.
    return () => {}
  }
  const release = () => {
    clearInterval(timer)
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  const timer = setInterval(() => {
    if (isQuiet() && isGone(pty.pid)) release()
  }, quietMs)
  return release
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

/** A terminal is made before its program is looked for, so we look ourselves. */
function find(program: string, options: ProcessOptions): string {
  const folders = program.includes('/') ? [options.cwd] : (options.env['PATH'] ?? '').split(delimiter)
  if (process.platform === 'win32') return program
  for (const folder of folders) {
    const path = isAbsolute(program) ? program : join(folder, program)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
  throw new ProcessError('NOT_FOUND', `${program}: not found`)
}
