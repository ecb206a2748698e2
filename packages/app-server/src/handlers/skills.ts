import type { Handlers } from '../handler.js'
import { notSupportedYet } from '../refusals.js'

/** Skills. */
export function skillHandlers(): Handlers {
  return {
    'skills/list': ({ cwds }) => ({ data: (cwds ?? []).map((cwd) => ({ cwd, skills: [], errors: [] })) }),
    'skills/config/write': () => {
      throw notSupportedYet('skills/config/write')
    },
    'skills/extraRoots/set': () => ({}),
  }
}
