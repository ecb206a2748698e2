import type { MigrationItemType } from '@gangway/protocol'
import type { ImportProblem } from '../../fact.js'
import type { SourceFiles } from '../../source-files.js'

/** A JSON object as read: plain data, no prototype. */
export type JsonTable = { readonly [key: string]: unknown }

/**
 * A JSON file whose root must be an object.
 *
 * @param notAnObject what to say when it is something else; the file's path is added
 */
export function readTable(
  path: string,
  root: string,
  files: SourceFiles,
  itemType: MigrationItemType,
  notAnObject: string,
): { readonly table?: JsonTable; readonly problem?: ImportProblem } {
  const read = files.readJson(path, root)
  if (!read.ok) return read.missing ? {} : { problem: { itemType, ...read.problem } }
  if (isTable(read.value)) return { table: read.value }
  return {
    problem: {
      itemType,
      errorType: 'external_agent_config_import_error',
      subErrorType: 'invalid_source_json',
      failureStage: 'import_request_failed',
      message: `${notAnObject}: ${path}`,
      source: path,
    },
  }
}

/** Whether a JSON value is an object. */
export function isTable(value: unknown): value is JsonTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON pointer from unescaped parts. */
export function pointerTo(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The strings of a JSON list; `[]` for anything else. */
export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}
