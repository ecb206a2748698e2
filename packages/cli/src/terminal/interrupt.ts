import type { Terminal } from './terminal.js'

/** A watch on Ctrl-C. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** Stops watching. */
  release(): void
}

/**
 * Watches for Ctrl-C and SIGTERM: the first aborts `signal`, so that work can end in order; the second ends the process
 * at once with exit code 130.
 */
export function onInterrupt(terminal: Terminal): Interrupt {
  const controller = new AbortController()
  const interrupted = () => {
    if (controller.signal.aborted) process.exit(130)
    terminal.printError('\nstopping; press Ctrl-C again to stop at once\n')
    controller.abort()
  }
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', interrupted)
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupted)
      process.off('SIGTERM', interrupted)
    },
  }
}
