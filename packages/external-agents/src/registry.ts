import { type MigrationItemType, RpcError, rpcCodes } from '@gangway/protocol'
import type { Kind } from './kind.js'
import { agentsMdKind } from './kinds/agents-md.js'
import { commandsKind } from './kinds/commands.js'
import { configKind } from './kinds/config.js'
import { hooksKind } from './kinds/hooks.js'
import { mcpServersKind } from './kinds/mcp-servers.js'
import { memoryKind } from './kinds/memory.js'
import { pluginsKind } from './kinds/plugins.js'
import { skillsKind } from './kinds/skills.js'
import { subagentsKind } from './kinds/subagents.js'
import type { Reader, Source } from './source.js'
import { claudeCode } from './sources/claude-code/index.js'
import { cursor } from './sources/cursor/index.js'

/** Every agent whose things can be brought over. The first is meant where none is named. */
export const sources: readonly Source[] = [claudeCode, cursor]

/** Every kind of thing, in the order in which detect offers them. Source: reference 0.169.0, import-artifacts 1.1 */
export const kinds: readonly Kind[] = [
  configKind,
  mcpServersKind,
  hooksKind,
  skillsKind,
  commandsKind,
  subagentsKind,
  agentsMdKind,
  pluginsKind,
  memoryKind,
] as readonly Kind[]

/** The order of results. Source: reference 0.169.0, import-artifacts 1.1 */
export const resultOrder: readonly MigrationItemType[] = [
  'CONFIG',
  'SKILLS',
  'AGENTS_MD',
  'PLUGINS',
  'MCP_SERVER_CONFIG',
  'SUBAGENTS',
  'HOOKS',
  'COMMANDS',
  'MEMORY',
  'SESSIONS',
]

/** The kind of a type, or undefined for one that cannot be brought over yet. */
export function kindOf(itemType: MigrationItemType): Kind | undefined {
  return kinds.find((kind) => kind.itemType === itemType)
}

/** How a source reads things of a type, or undefined when it has none. */
export function readerOf(source: Source, itemType: MigrationItemType): Reader | undefined {
  return source.readers.find((reader) => reader.itemType === itemType)
}

/**
 * The source that a `migrationSource` means. None: Claude Code. Unknown ones too, for callers that know nothing of the
 * list: the reference takes every word but `cursor`, in any case, for it.
 *
 * @param isStrict the caller asked for experimental methods and fields
 * @throws RpcError -32600 naming the known ones, for an unknown one when strict
 */
export function findSource(migrationSource: string | null | undefined, isStrict: boolean): Source {
  const [first] = sources
  if (migrationSource === null || migrationSource === undefined) return first!
  if (!isStrict) return sources.find(({ id }) => id === migrationSource.toLowerCase()) ?? first!
  const wanted = migrationSource.trim().toLowerCase()
  const found = sources.find((source) => source.id === wanted || source.migrationSources.includes(wanted))
  if (found) return found
  const known = sources.map(({ id }) => id)
  throw new RpcError(
    rpcCodes.invalidRequest,
    `unknown migrationSource "${migrationSource}", expected one of: ${known.join(', ')}`,
    { reason: 'unknownSource', known },
  )
}
