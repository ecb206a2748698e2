import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { HookGroup, HookHandler } from '../../artifact.js'
import { isInside } from '../../contained.js'
import type { Fact } from '../../fact.js'
import { readingRoot } from '../../fact-of.js'
import { readCommand } from './hooks-command.js'
import type { HooksFolder } from './hooks-files.js'
import { isTable } from './json-table.js'

/** Files of the hooks folder that a handler's command names, by their paths below it. */
export function filesCalledBy(handler: HookHandler): readonly string[] {
  return (handler.command ?? []).flatMap((piece) => (piece.type === 'hookFile' ? [piece.relativePath] : []))
}

/** Everything a group states. */
export function factsOfGroup(group: HookGroup): readonly Fact[] {
  return [
    ...(group.matcherFact === undefined ? [] : [group.matcherFact]),
    ...group.otherMembers.map((member) => member.fact),
    ...group.handlers.map((handler) => handler.fact),
  ]
}

/** One handler of a hooks file, its command taken apart. Looks at the disk for what the command calls. */
export function handlerOf(value: unknown, fact: Fact, folder: HooksFolder): HookHandler {
  const members = isTable(value) ? value : {}
  if (typeof members.command !== 'string' || members.command.trim() === '') {
    return { members, fact, missing: [], foreignVariables: [] }
  }
  const read = readCommand(members.command.trim(), folder.place, (path) => folder.has(path), folder.dialect)
  const missing = read.paths.filter(({ path }) => isMissing(path, folder)).map(({ written }) => written)
  return { members, fact, command: read.pieces, missing, foreignVariables: read.foreignVariables }
}

/** Whether there is nothing at `path`. Outside of where files are read from, only that is asked. */
function isMissing(path: string, folder: HooksFolder): boolean {
  const root = readingRoot(folder.place)
  if (!isInside(path, root)) return !existsSync(path)
  const listed = folder.sourceFiles.list(dirname(path), root)
  return listed.ok && !listed.value.some((entry) => entry.path === path)
}
