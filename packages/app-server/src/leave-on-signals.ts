import type { CloseOptions, Listener } from './app-server.js'
import type { Runtime } from './runtime.js'

/** What asks a server to leave, counted from the first. */
export interface LeaveSignals {
  readonly first: Promise<void>
  readonly second: Promise<void>
  readonly third: Promise<void>
}

/**
 * Waits for the first signal, and then until the server has left.
 *
 * First: nobody new is let in, no new thread or turn is begun, and all that was accepted is finished, however long that
 * takes. Second: what is not finished fails now. Either way clients get what waits for them, and 1001. Third: not even that.
 */
export async function leaveOnSignals(
  runtime: Runtime,
  listener: Listener,
  signals: LeaveSignals,
  options: CloseOptions = {},
): Promise<void> {
  await signals.first
  await Promise.race([runtime.drain(), signals.second])
  void signals.second.then(() => runtime.fail())
  const left = runtime.close(options).then(() => listener.close())
  await Promise.race([left, signals.third])
}
