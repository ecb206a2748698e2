import type { Table } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import type { ConfigLayerMetadata } from './layer.js'

export interface ConfigEdit {
  /** Dotted; parts with dots or blanks in quotes. */
  readonly keyPath: string
  /** A JSON value; null takes the key away. */
  readonly value: unknown
  readonly mergeStrategy: 'replace' | 'upsert'
}

export interface WriteConfigOptions {
  readonly layout: HomeLayout
  readonly edits: readonly ConfigEdit[]
  /** Default: the user's config.toml. */
  readonly filePath?: string | null
  readonly expectedVersion?: string | null
  /** What `-c` said: a key that it sets stays overridden. */
  readonly overrides?: Table
}

/** What `config/value/write` and `config/batchWrite` answer. */
export interface ConfigWriteResult {
  readonly status: 'ok' | 'okOverridden'
  readonly version: string
  readonly filePath: string
  readonly overriddenMetadata: {
    readonly message: string
    readonly overridingLayer: ConfigLayerMetadata
    readonly effectiveValue: unknown
  } | null
}

/** Why a write was refused: the wire's `data.config_write_error_code`; its error code is -32600. */
export class ConfigWriteError extends Error {
  override readonly name = 'ConfigWriteError'

  constructor(
    readonly writeErrorCode: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Writes to config.toml, all edits or none, keeping comments and layout. Takes the file's lock.
 *
 * @throws ConfigWriteError when refused
 */
export async function writeConfig(options: WriteConfigOptions): Promise<ConfigWriteResult> {
  throw new Error(`not built: ${options.layout.root}`)
}
