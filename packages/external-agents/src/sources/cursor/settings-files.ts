import { join } from 'node:path'
import type { MigrationItemType } from '@gangway/protocol'
import type { Place } from '../../artifact.js'
import type { Fact, ImportProblem } from '../../fact.js'
import { readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'
import { type JsonTable, readTable } from '../reading/json-table.js'

/** How a statement below a key becomes a fact. */
export type FactAt = (...parts: readonly (string | number)[]) => Fact

/** One settings file of a place. */
export interface SettingsFile {
  readonly path: string
  /** Absent when the file is missing or could not be read. */
  readonly table?: JsonTable
  readonly problem?: ImportProblem
}

/** Where Cursor's command line keeps its settings: `cli-config.json` in the home, `cli.json` in a repository. */
export function settingsPath(place: Place): string {
  return join(place.configDir, place.kind === 'home' ? 'cli-config.json' : 'cli.json')
}

/** The settings of a place, and what stands beside them about the sandbox. */
export function readSettingsFiles(
  place: Place,
  files: SourceFiles,
  itemType: MigrationItemType,
): { readonly settings: SettingsFile; readonly sandbox: SettingsFile } {
  const read = (path: string): SettingsFile => ({
    path,
    ...readTable(path, readingRoot(place), files, itemType, 'external agent settings root must be an object'),
  })
  return { settings: read(settingsPath(place)), sandbox: read(join(place.configDir, 'sandbox.json')) }
}
