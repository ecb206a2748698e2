import { createHash } from 'node:crypto'
import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TargetView } from '../../src/kind.js'

/** The target as it is on disk, for kinds that read neither TOML nor JSON. */
export function diskView(): TargetView {
  return {
    toml: () => undefined,
    json: () => undefined,
    text: (path) => (kindOf(path) === 'file' ? readFileSync(path, 'utf8') : undefined),
    kindOf,
    digest: (path) => (kindOf(path) === 'file' ? sha256(readFileSync(path)) : undefined),
    holds(path, file) {
      if (kindOf(path) !== 'file') return false
      const wanted = file.source === undefined ? Buffer.from(file.content ?? '') : readFileSync(file.source)
      return readFileSync(path).equals(wanted)
    },
    names: (path) => new Set(kindOf(path) === 'directory' ? readdirSync(path) : []),
    blockedBecause: (path) => blockedBecause(path, true),
  }
}

function blockedBecause(path: string, isTarget: boolean): ReturnType<TargetView['blockedBecause']> {
  const kind = kindOf(path)
  if (kind === 'missing' || isTarget)
    return blockedBecause(dirname(path), false) ?? (kind === 'directory' ? writable(path) : undefined)
  return kind === 'directory' ? writable(path) : problem(path, 'target_not_directory', 'not a directory')
}

function writable(path: string): ReturnType<TargetView['blockedBecause']> {
  try {
    accessSync(path, constants.W_OK)
    return undefined
  } catch {
    return problem(path, 'permission_denied', 'permission denied')
  }
}

function problem(
  path: string,
  subErrorType: string,
  why: string,
): NonNullable<ReturnType<TargetView['blockedBecause']>> {
  return {
    itemType: 'CONFIG',
    errorType: 'external_agent_config_import_error',
    subErrorType,
    failureStage: 'import_request_failed',
    message: `${path}: ${why}`,
    source: null,
  }
}

function kindOf(path: string): ReturnType<TargetView['kindOf']> {
  try {
    const stats = statSync(path)
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other'
  } catch {
    return 'missing'
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
