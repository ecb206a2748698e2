import type { MigrationDetails, MigrationItemType } from './wire.js'

/** What a kind is called on the command line and in reports. */
export interface KindName {
  readonly itemType: MigrationItemType
  /** For `--kinds`; the first is the one that help shows. */
  readonly words: readonly [string, ...string[]]
  /** Heading in reports. */
  readonly label: string
  /** The list of `details` that holds the names of single artifacts, for kinds whose artifacts can be picked by name. */
  readonly detail?: keyof MigrationDetails
}

/** Every kind of the protocol, in the order reports use. */
export const kindNames: readonly KindName[] = [
  { itemType: 'CONFIG', words: ['config', 'settings'], label: 'Settings' },
  { itemType: 'AGENTS_MD', words: ['instructions', 'agents-md', 'memory-files'], label: 'Instructions' },
  { itemType: 'SKILLS', words: ['skills', 'skill'], label: 'Skills', detail: 'skills' },
  { itemType: 'COMMANDS', words: ['commands', 'command', 'prompts'], label: 'Commands', detail: 'commands' },
  { itemType: 'SUBAGENTS', words: ['subagents', 'agents', 'subagent'], label: 'Subagents', detail: 'subagents' },
  { itemType: 'MCP_SERVER_CONFIG', words: ['mcp', 'mcp-servers'], label: 'MCP servers', detail: 'mcpServers' },
  { itemType: 'HOOKS', words: ['hooks', 'hook'], label: 'Hooks', detail: 'hooks' },
  { itemType: 'PLUGINS', words: ['plugins', 'plugin'], label: 'Plugins' },
  { itemType: 'MEMORY', words: ['memory', 'memories'], label: 'Memory' },
  { itemType: 'SESSIONS', words: ['sessions', 'session', 'conversations'], label: 'Conversations' },
]

/** The kind with this type. Types that this program does not know (a newer server's) keep their wire name. */
export function kindOf(itemType: MigrationItemType): KindName {
  return kindNames.find((kind) => kind.itemType === itemType) ?? { itemType, words: [itemType], label: itemType }
}

/** Position in reports; unknown types come last. */
export function kindOrder(itemType: MigrationItemType): number {
  const index = kindNames.findIndex((kind) => kind.itemType === itemType)
  return index === -1 ? kindNames.length : index
}

/** The type that a word of `--kinds` means (`skills`, `mcp`, `MCP_SERVER_CONFIG`; upper or lower case), or undefined. */
export function kindFromWord(word: string): MigrationItemType | undefined {
  const lower = word.toLowerCase()
  return kindNames.find((kind) => kind.words.includes(lower) || kind.itemType.toLowerCase() === lower)?.itemType
}
