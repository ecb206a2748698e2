import { diffToRemote } from '../git/diff-to-remote.js'
import type { Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'

/** What is left of the first protocol, for clients that still call it. */
export function legacyHandlers(): Handlers {
  return {
    // Source: reference 0.169.0, the one refusal for whatever is wrong.
    async gitDiffToRemote({ cwd }, { signal }) {
      try {
        return await diffToRemote(cwd, signal)
      } catch {
        throw invalidRequest(`failed to compute git diff to remote for cwd: ${JSON.stringify(cwd)}`)
      }
    },
  }
}
