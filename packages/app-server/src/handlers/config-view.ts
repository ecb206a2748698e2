import type { ConfigReadError, ConfigView } from '@gangway/home/editing'
import { RpcError, rpcCodes } from '@gangway/protocol'
import type { ServerContext } from '../handler.js'
import { editing } from './editing.js'

/**
 * The configuration in force, with the server's own overrides. Files that have not changed are not read again.
 *
 * @param cwd absolute folder whose project's layers count too, or null
 * @param overrides dotted keys over everything else
 * @throws ConfigReadError when a file does not parse, or a value has the wrong type
 */
export async function readConfig(
  server: ServerContext,
  cwd: string | null,
  overrides: Readonly<Record<string, unknown>> = {},
): Promise<ConfigView> {
  const { nestOverrides, readConfigLayers } = await editing()
  return readConfigLayers({
    layout: server.layout,
    cwd,
    overrides: nestOverrides({ ...server.configOverrides, ...overrides }),
    files: server.configFiles,
  })
}

/**
 * A failure to read the configuration as an answer; any other error as it is.
 *
 * @param doing what was being done, in the reference's words. Source: reference 0.169.0
 */
export async function readFailure(
  error: unknown,
  doing: 'read configuration layers' | 'load configuration',
): Promise<unknown> {
  const { ConfigReadError } = await editing()
  if (!(error instanceof ConfigReadError)) return error
  return new RpcError(rpcCodes.internalError, `${prefixOf(error, doing)}: ${error.message}`, undefined, {
    cause: error,
  })
}

function prefixOf({ reason }: ConfigReadError, doing: string): string {
  return reason === 'invalid' ? 'invalid configuration' : `failed to ${doing}`
}
