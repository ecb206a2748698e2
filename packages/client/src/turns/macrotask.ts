type Schedule = (callback: () => void) => unknown

/** Taken when the module is loaded: a test's own clock must not stop what is no waiting for time. */
const schedule: Schedule =
  (globalThis as { setImmediate?: Schedule }).setImmediate ?? ((callback) => setTimeout(callback, 0))

/** Resolves when everything that is due now, such as the awaiting of a promise that has resolved, has been done. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => void schedule(resolve))
}
