import { z } from 'zod'
import { experimental, named, path, u64 } from './named.js'

/** The kinds of things that can be brought over, in the reference's declaration order. */
export const ExternalAgentConfigMigrationItemType = named(
  'ExternalAgentConfigMigrationItemType',
  'A kind of thing that can be brought over from another agent.',
  z.enum([
    'AGENTS_MD',
    'CONFIG',
    'SKILLS',
    'PLUGINS',
    'MCP_SERVER_CONFIG',
    'SUBAGENTS',
    'HOOKS',
    'COMMANDS',
    'MEMORY',
    'SESSIONS',
  ]),
)

const PluginsMigration = named(
  'PluginsMigration',
  'The plugins of one marketplace.',
  z.object({ marketplaceName: z.string(), pluginNames: z.array(z.string()) }),
)
const SkillMigration = named('SkillMigration', 'One skill, by name.', z.object({ name: z.string() }))
const SessionMigration = named(
  'SessionMigration',
  'One conversation: its file, the folder it ran in, and its title.',
  z.object({
    path,
    cwd: path,
    title: z.string().nullish(),
    state: experimental(
      z.enum(['new', 'imported', 'grown', 'rewritten']).nullish(),
      'Whether it came over, and what has become of its file since. Import ignores it, and the rest of this kind.',
    ),
    threadId: experimental(z.string().nullish(), 'The thread that it is in.'),
    endedAtMs: experimental(u64.nullish(), 'Its last message, in milliseconds since 1970.'),
    sizeBytes: experimental(u64.nullish(), 'Of its file.'),
  }),
)
const McpServerMigration = named('McpServerMigration', 'One MCP server, by name.', z.object({ name: z.string() }))
const HookMigration = named('HookMigration', 'The hooks of one event, by its name.', z.object({ name: z.string() }))
const SubagentMigration = named('SubagentMigration', 'One subagent, by name.', z.object({ name: z.string() }))
const CommandMigration = named('CommandMigration', 'One command, by its target name.', z.object({ name: z.string() }))

const MigrationDetails = named(
  'MigrationDetails',
  'What one item holds. In an answer every list is there, but `memory` only when it is not empty. In a request a list may be missing.',
  z.object({
    plugins: z.array(PluginsMigration).optional(),
    skills: z.array(SkillMigration).optional(),
    sessions: z.array(SessionMigration).optional(),
    mcpServers: z.array(McpServerMigration).optional(),
    hooks: z.array(HookMigration).optional(),
    subagents: z.array(SubagentMigration).optional(),
    commands: z.array(CommandMigration).optional(),
    memory: z.array(z.string()).optional().describe('Project keys.'),
  }),
)

/** One thing that can be brought over, as detect offers it and import takes it. */
export const ExternalAgentConfigMigrationItem = named(
  'ExternalAgentConfigMigrationItem',
  'One thing that can be brought over, as detect offers it and import takes it.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    description: z.string().describe('One sentence for a person. Import ignores it.'),
    cwd: path.nullish().describe('Null, absent or empty: the home. Otherwise a folder in a repository.'),
    details: MigrationDetails.nullish().describe('The selection. Null or absent: everything of this type.'),
  }),
)

/** Something that could not be read as it should, and where. */
export const ExternalAgentConfigWarning = named(
  'ExternalAgentConfigWarning',
  'Something that could not be read as it should, or that is worth saying early, and where.',
  z.object({
    path: z.string().nullable().describe('Null where it is about no one file.'),
    message: z.string(),
    line: z.int().min(1).nullable().describe('Counted from 1.'),
    column: z.int().min(1).nullable().describe('Counted from 1.'),
  }),
)
