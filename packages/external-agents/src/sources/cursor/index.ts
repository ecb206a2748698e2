import { join } from 'node:path'
import type { Source } from '../../source.js'
import { commandsReader } from '../reading/commands.js'
import { subagentsReader } from '../reading/subagents.js'
import { hooksReader } from './hooks.js'
import { instructionsReader } from './instructions.js'
import { mcpServersReader } from './mcp-servers.js'
import { settingsReader } from './settings.js'
import { skillsReader } from './skills.js'
import { CURSOR_WORDS } from './words.js'

/** Cursor, the editor and its command line. `CURSOR_CONFIG_DIR` moves the folder of the home, as it does for the command line. */
export const cursor: Source = {
  id: 'cursor',
  displayName: 'Cursor',
  migrationSources: ['cursor', 'cursor-agent'],
  configDir: (kind, root, env) => (kind === 'home' && env.CURSOR_CONFIG_DIR) || join(root, '.cursor'),
  words: CURSOR_WORDS,
  readers: [
    settingsReader,
    mcpServersReader,
    hooksReader,
    skillsReader,
    commandsReader,
    subagentsReader,
    instructionsReader,
  ],
  sessions: async () => (await import('./sessions/shelf.js')).cursorSessions,
}
