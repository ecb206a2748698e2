import { join } from 'node:path'
import type { HookArtifact, HookGroup, Place } from '../../artifact.js'
import type { Fact, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import type { HookDialect } from '../reading/hooks-command.js'
import { HooksFolder } from '../reading/hooks-files.js'
import { factsOfGroup, filesCalledBy, handlerOf } from '../reading/hooks-handler.js'
import { isTable, type JsonTable, pointerTo, readTable } from '../reading/json-table.js'
import { type KnownEvent, knownEvent, toolMatcher } from './hooks-events.js'

/**
 * Cursor's `hooks.json`: one artifact per neutral event, in the order of the file; events without a neutral word keep their
 * own. Each handler is a group of its own. Source: reference 0.169.0, import-artifacts 5.2; Cursor's documentation.
 */
export const hooksReader: Reader<HookArtifact> = {
  itemType: 'HOOKS',
  describe: (place) => place.configDir,
  read: (place, files, depth) => readHooks(place, files, depth),
}

/** How Cursor's hooks name things. */
const DIALECT: HookDialect = {
  folder: '.cursor',
  projectFolder:
    /\$\{CURSOR_PROJECT_DIR\}|\$CURSOR_PROJECT_DIR\b|%CURSOR_PROJECT_DIR%|\$env:CURSOR_PROJECT_DIR\b|\$\{workspaceFolder\}/,
  foreign: /\bCURSOR_(?!CONFIG_DIR\b)[A-Z_]+\b/g,
  isRelativeToFile: true,
}

function readHooks(place: Place, files: SourceFiles, depth: 'names' | 'full'): ReadResult<HookArtifact> {
  const path = join(place.configDir, 'hooks.json')
  const read = readTable(path, readingRoot(place), files, 'HOOKS', 'hooks file root must be an object')
  if (read.problem) return broken(read.problem)
  const hooks = read.table?.hooks
  if (!isTable(hooks)) return { artifacts: [], warnings: [] }
  const folder = new HooksFolder(place, files, DIALECT)
  const stated = Object.entries(hooks).map(([name, value]) => statedEvent(name, value, place, path, folder))
  const events = [...new Set(stated.map(({ event }) => event))]
  const artifacts = events.map((event) => {
    const groups = stated.filter((one) => one.event === event).flatMap((one) => one.groups)
    return eventArtifact(event, path, groups, folder, depth)
  })
  const [first, ...others] = artifacts
  if (depth === 'names' || !first) return { artifacts, warnings: [] }
  const unused = folder.unused()
  const facts = [...first.facts, ...unused.map((file) => file.fact)]
  return { artifacts: [{ ...first, unused, facts }, ...others], warnings: [] }
}

function broken(problem: ImportProblem): ReadResult<HookArtifact> {
  return {
    artifacts: [],
    problem: { ...problem, message: `invalid hooks settings: ${problem.message}` },
    warnings: [],
  }
}

function eventArtifact(
  event: string,
  path: string,
  groups: readonly HookGroup[],
  folder: HooksFolder,
  depth: 'names' | 'full',
): HookArtifact {
  const called = groups.flatMap((group) => group.handlers.flatMap(filesCalledBy))
  const files = depth === 'full' ? folder.needed(called) : []
  const facts = [...groups.flatMap(factsOfGroup), ...files.flatMap((file) => (file.fact ? [file.fact] : []))]
  return { itemType: 'HOOKS', name: event, event, path, groups, files, unused: [], facts }
}

function statedEvent(name: string, value: unknown, place: Place, path: string, folder: HooksFolder) {
  const factAt = (...parts: readonly (string | number)[]) => factOf(place, path, pointerTo('hooks', name, ...parts))
  const known = knownEvent(name)
  const groups = Array.isArray(value)
    ? value.map((handler, index) =>
        isTable(handler)
          ? groupOf(name, known, handler, (...parts) => factAt(index, ...parts), folder)
          : notUnderstood(handler, factAt(index)),
      )
    : [notUnderstood(value, factAt())]
  return { event: known?.event ?? name, groups }
}

function notUnderstood(value: unknown, fact: Fact): HookGroup {
  return { otherMembers: [{ key: '', value, fact }], handlers: [] }
}

type FactAt = (...parts: readonly (string | number)[]) => Fact

/** A handler with its matcher. One that picks by something else than the neutral event does is a condition of the group. */
function groupOf(
  name: string,
  known: KnownEvent | undefined,
  stated: JsonTable,
  factAt: FactAt,
  folder: HooksFolder,
): HookGroup {
  const { matcher, ...members } = stated
  const handler = { ...handlerOf(members, factAt(), folder), otherProtocol: protocolOf(name, members, known?.remark) }
  const given = typeof matcher === 'string' && matcher.trim() !== '' && matcher !== '*' ? matcher : undefined
  const own = known?.matcher === undefined ? {} : { matcher: known.matcher }
  if (given === undefined) {
    const rest = matcher === undefined ? [] : [{ key: '$comment', value: matcher, fact: factAt('matcher') }]
    return { ...own, otherMembers: rest, handlers: [handler] }
  }
  const matcherFact = factAt('matcher')
  if (known === undefined || known.picksBy === 'tool') {
    return { matcher: toolMatcher(given), matcherFact, otherMembers: [], handlers: [handler] }
  }
  // What it picks by is told apart here: the text of a command, or the kind of a session.
  if (known.picksBy === 'other' && known.matcher !== undefined) {
    return { ...own, otherMembers: [{ key: 'matcher', value: given, fact: matcherFact }], handlers: [handler] }
  }
  return { matcher: given, matcherFact, otherMembers: [], handlers: [handler] }
}

/** What a command written for Cursor expects, and what is lost on the way. */
function protocolOf(name: string, { failClosed, loop_limit: limit }: JsonTable, remark?: string): string {
  const closed = failClosed === true ? '; failClosed is not kept: what fails does not block' : ''
  const loops = limit === undefined ? '' : `; loop_limit ${JSON.stringify(limit)} is not kept`
  return `it was written for ${name} of Cursor, whose input and answer have other members${closed}${loops}${remark === undefined ? '' : `; ${remark}`}`
}
