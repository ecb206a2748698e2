import { TomlSyntaxError } from '../errors.js'

/** The wire's `data.config_write_error_code`. */
export type ConfigWriteErrorCode = 'configLayerReadonly' | 'configValidationError' | 'configVersionConflict'

/** Why a write was refused. On the wire: error code -32600 with `data.config_write_error_code`. */
export class ConfigWriteError extends Error {
  override readonly name = 'ConfigWriteError'

  constructor(
    readonly writeErrorCode: ConfigWriteErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Why configuration cannot be read. On the wire: error code -32603.
 *
 * `unreadable`: a layer does not parse; the reference puts `failed to read configuration layers: ` (read) or `failed to
 * load configuration: ` (write) before the message. `invalid`: a value of the wrong type; the reference puts
 * `invalid configuration: ` before it.
 */
export class ConfigReadError extends Error {
  override readonly name = 'ConfigReadError'

  constructor(
    readonly reason: 'unreadable' | 'invalid',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The same fault as the reference words it: for the user's file in one line, for a project's with the line shown. */
export function unreadableLayer(error: unknown, isProject: boolean): unknown {
  if (!(error instanceof TomlSyntaxError)) return error
  const { file, line, column, detail } = error
  const message = isProject
    ? `Error parsing project config file ${file}: ${error.message}\n`
    : `${file}:${line}:${column}: ${detail}`
  return new ConfigReadError('unreadable', message, { cause: error })
}
