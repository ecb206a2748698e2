import type { Handlers } from '../handler.js'
import { notSupportedYet } from '../refusals.js'

/** Finding files by parts of their names. */
export function fileSearchHandlers(): Handlers {
  const later = (method: string) => () => {
    throw notSupportedYet(method)
  }
  return {
    fuzzyFileSearch: later('fuzzyFileSearch'),
    'fuzzyFileSearch/sessionStart': later('fuzzyFileSearch/sessionStart'),
    'fuzzyFileSearch/sessionUpdate': later('fuzzyFileSearch/sessionUpdate'),
    'fuzzyFileSearch/sessionStop': later('fuzzyFileSearch/sessionStop'),
  }
}
