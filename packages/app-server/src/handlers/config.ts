import { resolve } from 'node:path'
import type { ConfigEdit, ConfigWriteResult } from '@gangway/home/editing'
import type { Handlers, ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { readConfig, readFailure } from './config-view.js'
import { editing } from './editing.js'

/** Reading and writing the person's configuration. Its files are read anew whenever they have changed. */
export function configHandlers(server: ServerContext): Handlers {
  return {
    async 'config/read'({ cwd, includeLayers }) {
      try {
        const view = await readConfig(server, cwd ? resolve(server.cwd, cwd) : null)
        return { config: view.config, origins: view.origins, layers: includeLayers ? [...view.layers] : null }
      } catch (error) {
        throw await readFailure(error, 'read configuration layers')
      }
    },

    'config/value/write'({ keyPath, value, mergeStrategy, filePath, expectedVersion }) {
      return write(server, [{ keyPath, value, mergeStrategy }], { filePath, expectedVersion })
    },

    // `reloadUserConfig` asks for nothing: what reads the configuration sees a changed file by itself.
    'config/batchWrite'({ edits, filePath, expectedVersion }) {
      return write(server, edits, { filePath, expectedVersion })
    },

    async 'configRequirements/read'() {
      const { readConfigRequirements } = await editing()
      return readConfigRequirements()
    },
  }
}

async function write(
  server: ServerContext,
  edits: readonly ConfigEdit[],
  target: { readonly filePath?: string | null | undefined; readonly expectedVersion?: string | null | undefined },
): Promise<ConfigWriteResult> {
  const { ConfigWriteError, nestOverrides, writeConfig } = await editing()
  try {
    return await writeConfig({
      layout: server.layout,
      edits,
      filePath: target.filePath ?? null,
      expectedVersion: target.expectedVersion ?? null,
      overrides: nestOverrides(server.configOverrides),
    })
  } catch (error) {
    if (!(error instanceof ConfigWriteError)) throw await readFailure(error, 'load configuration')
    throw invalidRequest(error.message, { config_write_error_code: error.writeErrorCode })
  }
}
