import { constants } from 'node:os'

/** Why a process ended: by itself, or because we ended it. */
export type EndReason = 'exited' | 'timedOut' | 'aborted' | 'killed'

/** How a process ended. All that it wrote was told before. */
export interface ProcessEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  readonly reason: EndReason
  /** True when something that it started still held its output, and was no longer waited for. */
  readonly outputStillHeld: boolean
}

/** The one number that a shell would give: the exit code, or 128 and the signal's number. */
export function shellExitCode(end: ProcessEnd): number {
  if (end.exitCode !== null) return end.exitCode
  const signals: Readonly<Record<string, number>> = constants.signals
  return 128 + (signals[end.signal ?? ''] ?? 0)
}

/** @returns the name of a signal's number, e.g. `SIGTERM`; null for 0 */
export function signalName(number: number | undefined): string | null {
  if (number === undefined || number === 0) return null
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null
}
