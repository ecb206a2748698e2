import type { Destination } from './contained.js'
import type { Read } from './source-files.js'

type Refusal = Extract<Read<never>, { ok: false }>

/** Why a source file was not read, in the form of a failure record: the message names the file. */
export function refused(path: string, subErrorType: string, why: string, missing = false): Refusal {
  return {
    ok: false,
    missing,
    problem: {
      errorType: 'external_agent_config_import_error',
      subErrorType,
      failureStage: 'import_request_failed',
      message: `${path}: ${why}`,
      source: path,
    },
  }
}

/** Why what a path leads to is not read. */
export function refusal(path: string, destination: Destination): Refusal {
  switch (destination.type) {
    case 'missing':
      return refused(path, 'not_found', 'no such file', true)
    case 'broken':
      return refused(path, 'broken_link', 'a link to nothing')
    case 'outside':
      return refused(path, 'outside_root', 'a link that leads outside, which is not followed')
    case 'loop':
      return refused(path, 'link_loop', 'a link that leads back to itself')
    case 'unreadable':
      return refusedBySystem(path, { code: destination.code })
    case 'file':
      return refused(path, 'not_a_directory', 'not a directory')
    case 'directory':
    case 'other':
      return refused(path, 'not_a_file', 'not a regular file')
    default:
      return destination satisfies never
  }
}

/** Why the operating system did not give a file. */
export function refusedBySystem(path: string, error: unknown): Refusal {
  const code = (error as { code?: string }).code ?? 'unknown'
  if (code === 'ENOENT') return refused(path, 'not_found', 'no such file', true)
  if (code === 'EACCES' || code === 'EPERM') return refused(path, 'permission_denied', `permission denied (${code})`)
  return refused(path, 'unreadable', `cannot be read (${code})`)
}
