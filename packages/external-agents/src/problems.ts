import { HomeError, JsonSyntaxError, TomlSyntaxError } from '@gangway/home'
import type { MigrationItemType } from '@gangway/protocol'
import type { ImportProblem } from './fact.js'
import { ImportFailure } from './kind.js'
import type { FailureRecord, ImportWarning } from './wire.js'

/** The reference's one word for everything that is neither plugin, memory nor session. */
const ERROR_TYPE = 'external_agent_config_import_error'

/** The reference's one stage for the same. */
const FAILURE_STAGE = 'import_request_failed'

/** A failure record in the making. */
export function problem(
  itemType: MigrationItemType,
  subErrorType: string,
  message: string,
  source: string | null = null,
): ImportProblem {
  return { itemType, errorType: ERROR_TYPE, subErrorType, failureStage: FAILURE_STAGE, message, source }
}

/**
 * What kept a plugin from coming over, in the words of the reference's records.
 *
 * @param id `plugin@marketplace`, or null when it is about all of them
 */
export function pluginProblem(subErrorType: string, message: string, id: string | null): ImportProblem {
  const errorType = subErrorType === 'plugin_not_found' ? subErrorType : null
  return { itemType: 'PLUGINS', errorType, subErrorType, failureStage: 'plugin_import', message, source: id }
}

/** What went wrong, told from what was thrown. Nothing is lost: an error nobody foresaw keeps its message. */
export function problemOf(itemType: MigrationItemType, error: unknown): ImportProblem {
  if (error instanceof ImportFailure) return { ...error.problem, itemType }
  if (error instanceof TomlSyntaxError) {
    const { file, line, column } = error
    const message = `invalid existing config.toml: ${withFile(error.message, file)}`
    return {
      ...problem(itemType, 'invalid_target_toml', message, file),
      errorType: 'invalid_existing_config',
      line,
      column,
    }
  }
  if (error instanceof JsonSyntaxError) {
    const { file, line, column } = error
    return { ...problem(itemType, 'invalid_target_json', withFile(error.message, file), file), line, column }
  }
  const path = pathOf(error)
  const message = error instanceof Error ? error.message : String(error)
  return problem(itemType, codeOf(error), path ? withFile(message, path) : message, path)
}

/** The record of the wire. `cwd` is the request item's own spelling. */
export function failureRecord(found: ImportProblem, cwd: string | null): FailureRecord {
  const { itemType, errorType, subErrorType, failureStage, message, source } = found
  return { itemType, errorType, subErrorType, failureStage, message, cwd, source }
}

/** The same as a warning of detect. */
export function warningOf({ source, message, line, column }: Omit<ImportProblem, 'itemType'>): ImportWarning {
  return { path: source, message, line: line ?? null, column: column ?? null }
}

function withFile(message: string, file: string): string {
  return message.includes(file) ? message : `${file}: ${message}`
}

function pathOf(error: unknown): string | null {
  const path = (error as { path?: unknown; file?: unknown } | null)?.path ?? (error as { file?: unknown } | null)?.file
  return typeof path === 'string' ? path : null
}

/** Ours for the package `home`, the file system's in our spelling, else `internal_error`. */
function codeOf(error: unknown): string {
  if (error instanceof HomeError) return error.code.toLowerCase()
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'permission_denied'
    case 'ENOTDIR':
      return 'target_not_directory'
    case 'EISDIR':
      return 'target_is_directory'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no_space'
    case 'ENAMETOOLONG':
      return 'name_too_long'
    case undefined:
      return 'internal_error'
    default:
      return 'io_error'
  }
}
