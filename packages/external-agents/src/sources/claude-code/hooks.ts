import type { HookArtifact, HookGroup, Place } from '../../artifact.js'
import type { Fact, FateReason } from '../../fact.js'
import { factOf } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import type { HookDialect } from '../reading/hooks-command.js'
import { HooksFolder } from '../reading/hooks-files.js'
import { factsOfGroup, filesCalledBy, handlerOf } from '../reading/hooks-handler.js'
import { isTable, pointerTo } from '../reading/json-table.js'
import { readSettingsFiles, type SettingsFile } from './settings-files.js'

/**
 * Claude Code's hooks: one artifact per event, handlers of `settings.json` before those of `settings.local.json`.
 *
 * Either file broken: nothing can be said about hooks. `disableAllHooks` (the local file's word counts) leaves all of them
 * where they are. Source: reference 0.169.0, import-artifacts 5.
 */
export const hooksReader: Reader<HookArtifact> = {
  itemType: 'HOOKS',
  describe: (place) => place.configDir,
  read: (place, files, depth) => readHooks(place, files, depth),
}

/** How Claude Code's hooks name things. */
const DIALECT: HookDialect = {
  folder: '.claude',
  projectFolder: /\$\{CLAUDE_PROJECT_DIR\}|\$CLAUDE_PROJECT_DIR\b|%CLAUDE_PROJECT_DIR%|\$env:CLAUDE_PROJECT_DIR\b/,
  foreign: /\bCLAUDE_(?!CONFIG_DIR\b)[A-Z_]+\b/g,
  isRelativeToFile: false,
}

function readHooks(place: Place, files: SourceFiles, depth: 'names' | 'full'): ReadResult<HookArtifact> {
  const settings = readSettingsFiles(place, files, 'HOOKS')
  for (const { problem } of settings) {
    if (problem !== undefined) {
      return {
        artifacts: [],
        problem: { ...problem, message: `invalid hooks settings: ${problem.message}` },
        warnings: [],
      }
    }
  }
  const stated = settings.flatMap((file) => eventsOf(file, place))
  if (stated.length === 0) return { artifacts: [], warnings: [] }
  const folder = new HooksFolder(place, files, DIALECT)
  const notTaken = disabledBy(settings)
  const events = [...new Set(stated.map((event) => event.name))]
  const artifacts = events.map((name) => eventArtifact(name, stated, folder, depth, notTaken))
  if (depth === 'names' || artifacts.length === 0) return { artifacts, warnings: [] }
  const [first, ...others] = artifacts
  const unused = folder.unused()
  const facts = [...first!.facts, ...unused.map((file) => file.fact)]
  return { artifacts: [{ ...first!, unused, facts }, ...others], warnings: [] }
}

interface StatedEvent {
  readonly name: string
  readonly file: string
  readonly value: unknown
  readonly factAt: (...parts: readonly (string | number)[]) => Fact
}

function eventsOf(file: SettingsFile, place: Place): readonly StatedEvent[] {
  const hooks = file.table?.hooks
  if (!isTable(hooks)) return []
  return Object.entries(hooks).map(([name, value]) => ({
    name,
    file: file.path,
    value,
    factAt: (...parts) => factOf(place, file.path, pointerTo('hooks', name, ...parts)),
  }))
}

function disabledBy(settings: readonly SettingsFile[]): FateReason | undefined {
  const stating = settings.filter((file) => typeof file.table?.disableAllHooks === 'boolean').at(-1)
  if (stating?.table?.disableAllHooks !== true) return undefined
  return { code: 'disabled-in-source', message: `${stating.path} switches all hooks off (disableAllHooks)` }
}

function eventArtifact(
  name: string,
  stated: readonly StatedEvent[],
  folder: HooksFolder,
  depth: 'names' | 'full',
  notTaken: FateReason | undefined,
): HookArtifact {
  const own = stated.filter((event) => event.name === name)
  const groups = own.flatMap((event) => groupsOf(event, folder))
  const called = groups.flatMap((group) => group.handlers.flatMap(filesCalledBy))
  const files = depth === 'full' ? folder.needed(called) : []
  const facts = [
    ...groups.flatMap(factsOfGroup),
    ...files.flatMap((file) => (file.fact === undefined ? [] : [file.fact])),
  ]
  const artifact = {
    itemType: 'HOOKS',
    name,
    event: name,
    path: own[0]!.file,
    groups,
    files,
    unused: [],
    facts,
  } as const
  return notTaken === undefined ? artifact : { ...artifact, notTaken }
}

function groupsOf(event: StatedEvent, folder: HooksFolder): readonly HookGroup[] {
  if (!Array.isArray(event.value)) return [notUnderstood(event.value, event.factAt())]
  return event.value.map((group, index) => {
    if (!isTable(group)) return notUnderstood(group, event.factAt(index))
    const { matcher, hooks, ...others } = group
    const listed = Array.isArray(hooks) ? hooks : []
    const entries = [
      ...Object.entries(others),
      ...(hooks === undefined || Array.isArray(hooks) ? [] : [['hooks', hooks] as const]),
      ...(matcher === undefined || typeof matcher === 'string' ? [] : [['matcher', matcher] as const]),
    ]
    return {
      ...(typeof matcher === 'string' ? { matcher, matcherFact: event.factAt(index, 'matcher') } : {}),
      otherMembers: entries.map(([key, value]) => ({ key, value, fact: event.factAt(index, key) })),
      handlers: listed.map((handler, at) => handlerOf(handler, event.factAt(index, 'hooks', at), folder)),
    }
  })
}

function notUnderstood(value: unknown, fact: Fact): HookGroup {
  return { otherMembers: [{ key: '', value, fact }], handlers: [] }
}
