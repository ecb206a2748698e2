/**
 * Reads `source` until `signal` aborts. An event that was already taken is still given.
 *
 * @throws `signal.reason`
 */
export async function* readUntil<T>(source: AsyncIterableIterator<T>, signal: AbortSignal): AsyncGenerator<T, void> {
  const leave = () => void source.return?.()
  signal.addEventListener('abort', leave, { once: true })
  try {
    for (;;) {
      signal.throwIfAborted()
      const next = await source.next()
      if (next.done === true) {
        signal.throwIfAborted()
        return
      }
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}
