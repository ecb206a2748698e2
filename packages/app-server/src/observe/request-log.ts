import type { MaybePromise } from '../handler.js'
import type { Log } from '../log.js'

/** Does `work`, which answers a request, and logs at `debug` how long it took and how it ended; no params, no results. */
export function logged(
  log: Log,
  about: { readonly method: string; readonly connection: number },
  work: () => MaybePromise<unknown>,
): MaybePromise<unknown> {
  const began = performance.now()
  const end = (outcome: string) => {
    const ms = Math.round((performance.now() - began) * 10) / 10
    log.write('debug', `request ${outcome}`, { ...about, ms })
  }
  const refused = (error: unknown) => end(`refused: ${error instanceof Error ? error.message : String(error)}`)
  try {
    const answer = work()
    if (answer instanceof Promise) answer.then(() => end('answered'), refused)
    else end('answered')
    return answer
  } catch (error) {
    refused(error)
    throw error
  }
}
