import type { Table } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import type { ConfigView } from './layer.js'

export interface ReadConfigOptions {
  readonly layout: HomeLayout
  /** Project layers between this folder and its repository's root count, when the project is trusted. */
  readonly cwd?: string | null
  /** From {@link parseOverrides}: what `-c` on the command line said. */
  readonly overrides?: Table
}

/**
 * The configuration in force. Reads the disk; files that have not changed since the last call are not read again.
 *
 * @throws TomlSyntaxError
 */
export function readConfigLayers(options: ReadConfigOptions): ConfigView {
  throw new Error(`not built: ${options.layout.root}`)
}
