import type { Ending } from './link.js'

/** How long an ending may take. */
export interface ShutdownOptions {
  /** Milliseconds until accepted work is failed, and a server that we own is forced. Default 5 000. */
  readonly timeoutMs?: number
}

/** The second half of a shutdown: what is still told can be read in between. */
export interface ShutdownTail {
  /** Resolves when everything has ended. */
  finish(): Promise<Ending>
}

/** Whether `promise` resolves in time. */
export async function within(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
