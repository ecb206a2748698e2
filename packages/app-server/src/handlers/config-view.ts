import type { ConfigView } from '@gangway/home/editing'
import type { ServerContext } from '../handler.js'

/**
 * The configuration in force, with the server's own overrides. Files that have not changed are not read again.
 *
 * @param cwd absolute folder whose project's layers count too, or null
 * @throws TomlSyntaxError naming file, line and column
 */
export async function readConfig(server: ServerContext, cwd: string | null): Promise<ConfigView> {
  // What parses TOML is loaded with the first piece of work that needs it, so that the server starts fast.
  const { nestOverrides, readConfigLayers } = await import('@gangway/home/editing')
  return readConfigLayers({ layout: server.layout, cwd, overrides: nestOverrides(server.configOverrides) })
}
