import { join } from 'node:path'
import type { MigrationItemType } from '@gangway/protocol'
import type { Place } from '../../artifact.js'
import type { ImportProblem } from '../../fact.js'
import { readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'
import { type JsonTable, readTable } from '../reading/json-table.js'

/** One settings file of a place. */
export interface SettingsFile {
  readonly path: string
  readonly local: boolean
  /** Absent when the file is missing or could not be read. */
  readonly table?: JsonTable
  readonly problem?: ImportProblem
}

/** `settings.json` and `settings.local.json` of a place, in that order: what comes later counts more. */
export function readSettingsFiles(
  place: Place,
  files: SourceFiles,
  itemType: MigrationItemType,
): readonly [SettingsFile, SettingsFile] {
  return [
    readSettingsFile(settingsPath(place.configDir), false, readingRoot(place), files, itemType),
    readSettingsFile(join(place.configDir, 'settings.local.json'), true, readingRoot(place), files, itemType),
  ]
}

/** Where a folder of Claude Code keeps its shared settings. */
export function settingsPath(configDir: string): string {
  return join(configDir, 'settings.json')
}

function readSettingsFile(
  path: string,
  local: boolean,
  root: string,
  files: SourceFiles,
  itemType: MigrationItemType,
): SettingsFile {
  const read = readTable(path, root, files, itemType, 'external agent settings root must be an object')
  return { path, local, ...read }
}
