import { isAbsolute } from 'node:path'
import type { Handlers } from '../handler.js'
import { relativePath } from '../refusals.js'

/** Plugins and where they come from: none yet. */
export function pluginHandlers(): Handlers {
  return {
    'plugin/list'({ cwds }) {
      refuseRelative(cwds)
      return { marketplaces: [], marketplaceLoadErrors: [], featuredPluginIds: [] }
    },

    'plugin/installed'({ cwds }) {
      refuseRelative(cwds)
      return { marketplaces: [], marketplaceLoadErrors: [] }
    },
  }
}

function refuseRelative(cwds: readonly string[] | null | undefined): void {
  if (cwds?.some((cwd) => !isAbsolute(cwd))) throw relativePath()
}
