import type { ConfigView } from '@gangway/home/editing'
import type { ServerContext } from '../handler.js'
import { editing } from './editing.js'

/** Where a configuration file does not parse. Lines and columns count from 1. */
export interface ConfigFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** What is wrong, without its place. */
  readonly detail: string
}

/**
 * The configuration in force, with the server's own overrides. Files that have not changed are not read again.
 *
 * @param cwd absolute folder whose project's layers count too, or null
 * @throws what `faultOf` knows, for a file that does not parse
 */
export async function readConfig(server: ServerContext, cwd: string | null): Promise<ConfigView> {
  const { nestOverrides, readConfigLayers } = await editing()
  return readConfigLayers({ layout: server.layout, cwd, overrides: nestOverrides(server.configOverrides) })
}

/** The place and the words of a failure of `readConfig`, or undefined when it is another one. */
export async function faultOf(error: unknown): Promise<ConfigFault | undefined> {
  const { TomlSyntaxError } = await import('@gangway/home')
  return error instanceof TomlSyntaxError ? error : undefined
}
