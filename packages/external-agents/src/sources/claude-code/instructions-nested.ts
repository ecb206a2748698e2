import { dirname } from 'node:path'
import type { Place } from '../../artifact.js'
import type { ImportProblem } from '../../fact.js'
import type { SourceFiles } from '../../source-files.js'
import { walkFolder } from '../reading/folder-walk.js'

/** A document of a sub-folder. */
export interface NestedDocument {
  readonly name: 'CLAUDE.md' | 'CLAUDE.local.md'
  readonly path: string
  /** Relative to the repository, `/` between parts. */
  readonly folder: string
}

/** Folders that hold other people's files, or nothing written by hand. */
const NOT_ENTERED = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'venv',
  '__pycache__',
  'target',
  'dist',
  'build',
  'coverage',
])

/** How far a repository is searched. Looking must stay cheap; a full read may take longer, and says when it stopped. */
const LIMITS = {
  names: { maxDepth: 4, maxEntries: 10_000 },
  full: { maxDepth: 10, maxEntries: 100_000 },
}

/**
 * `CLAUDE.md` and `CLAUDE.local.md` below the root of a repository, outside hidden and generated folders and other
 * repositories. Folders behind links are searched where they stand.
 */
export function nestedDocuments(
  place: Place,
  files: SourceFiles,
  depth: 'names' | 'full',
  warnings: ImportProblem[],
): NestedDocument[] {
  const found = walkFolder(place.root, place.root, files, {
    ...LIMITS[depth],
    enters: (entry) => !entry.viaLink && !entry.name.startsWith('.') && !NOT_ENTERED.has(entry.name),
    isForeign: (entries) => entries.some((entry) => entry.name === '.git'),
    takes: (name) => name === 'CLAUDE.md' || name === 'CLAUDE.local.md',
  })
  const cut = found.leftOut.find((left) => left.reason.code === 'too-many-files')
  if (cut && depth === 'full') warnings.push(stopped(place, cut.reason.message))
  return found.files
    .filter((file) => file.relativePath.includes('/'))
    .map((file) => ({ name: file.name as NestedDocument['name'], path: file.path, folder: dirname(file.relativePath) }))
}

function stopped(place: Place, message: string): ImportProblem {
  return {
    itemType: 'AGENTS_MD',
    errorType: 'external_agent_config_import_error',
    subErrorType: 'search_stopped',
    failureStage: 'import_request_failed',
    message: `the search for documents of sub-folders stopped: ${message}`,
    source: place.root,
  }
}
