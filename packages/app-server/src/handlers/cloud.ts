import type { Handlers } from '../handler.js'

/** What comes from the vendor's cloud: as for somebody who has not signed in there. Source: reference 0.169.0. */
export function cloudHandlers(): Handlers {
  return {
    'app/list': () => ({ data: [], nextCursor: null }),
    'app/installed': () => ({ apps: [] }),
    'app/read': ({ appIds }) => ({ apps: [], missingAppIds: [...new Set(appIds)] }),
  }
}
