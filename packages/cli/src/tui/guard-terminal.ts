/** What puts a terminal back: no pasting mode, no special key reports, colours off, and a cursor. */
const restoring = '\u001b[?2004l\u001b[<u\u001b[>4;0m\u001b[?2026l\u001b[0m\u001b[?25h'

/** A watch that leaves the terminal usable, whatever ends the process. */
export interface TerminalGuard {
  /** Stops watching. */
  release(): void
}

/**
 * Watches signals, exceptions and the process's end. The first of them calls `leave` (which gives the screen back), puts
 * the terminal in order, and lets the process end as it would have: 128 and the signal's number, or 1 with the exception
 * on standard error.
 */
export function guardTerminal(leave: () => void): TerminalGuard {
  let isLeft = false
  const restore = () => {
    if (isLeft) return
    isLeft = true
    try {
      leave()
    } catch {
      // The screen may be what broke.
    }
    try {
      if (process.stdin.isTTY) process.stdin.setRawMode(false)
      process.stdout.write(restoring)
    } catch {
      // The terminal is gone.
    }
  }
  const onSignal = (signal: NodeJS.Signals) => {
    restore()
    process.exit(128 + (signalNumbers[signal] ?? 0))
  }
  const onFailure = (error: unknown) => {
    restore()
    process.stderr.write(`gangway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
  const signals = Object.keys(signalNumbers) as NodeJS.Signals[]
  for (const signal of signals) process.on(signal, onSignal)
  process.on('uncaughtException', onFailure)
  process.on('unhandledRejection', onFailure)
  process.on('exit', restore)
  return {
    release() {
      for (const signal of signals) process.off(signal, onSignal)
      process.off('uncaughtException', onFailure)
      process.off('unhandledRejection', onFailure)
      process.off('exit', restore)
    },
  }
}

const signalNumbers: { readonly [signal: string]: number } = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 }
