import { join } from 'node:path'
import type { Source } from '../../source.js'
import { commandsReader } from '../reading/commands.js'
import { skillsReader } from '../reading/skills.js'
import { subagentsReader } from '../reading/subagents.js'
import { hooksReader } from './hooks.js'
import { instructionsReader } from './instructions.js'
import { mcpServersReader } from './mcp-servers.js'
import { memoryReader } from './memory.js'
import { pluginsReader } from './plugins.js'
import { settingsReader } from './settings.js'
import { CLAUDE_CODE_WORDS } from './words.js'

/** Claude Code. `CLAUDE_CONFIG_DIR` moves the folder of the home, as it does for Claude Code itself. */
export const claudeCode: Source = {
  id: 'claude-code',
  displayName: 'Claude Code',
  migrationSources: ['claude-code', 'claude', 'claude_code', 'claudecode', 'claude code'],
  configDir: (kind, root, env) => (kind === 'home' && env.CLAUDE_CONFIG_DIR) || join(root, '.claude'),
  words: CLAUDE_CODE_WORDS,
  readers: [
    settingsReader,
    mcpServersReader,
    hooksReader,
    skillsReader,
    commandsReader,
    subagentsReader,
    instructionsReader,
    pluginsReader,
    memoryReader,
  ],
  sessionsFolder: 'projects',
  sessions: async () => (await import('./sessions/shelf.js')).claudeSessions,
}
