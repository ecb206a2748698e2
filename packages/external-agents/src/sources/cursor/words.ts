import type { SourceWords } from '../../words.js'

/** How Cursor and its things are called. The bare word in lower case is that of a text editor, and stays. */
export const CURSOR_WORDS: SourceWords = {
  agentNames: ['Cursor'],
  isCaseSensitive: true,
  documentNames: ['.cursorrules'],
  otherProducts: ['api', 'sdk', 'ide', 'editor', 'app', 'tab', 'model', 'models', 'Pro', 'Ultra', 'Team', 'Enterprise'],
  vendors: ['anysphere'],
  commandWords: ['agent', 'login', 'logout', 'mcp list', 'update', 'ls', 'resume'],
  knownPaths: [
    { written: '.cursorrules', place: 'instructions', scope: 'repo', covers: 'exact' },
    { written: '~/.cursor/cli-config.json', place: 'settings', scope: 'home', covers: 'exact' },
    { written: '.cursor/cli.json', place: 'settings', scope: 'repo', covers: 'exact' },
    { written: '~/.cursor/skills', place: 'skills', scope: 'home', covers: 'folder' },
    { written: '.cursor/skills', place: 'skills', scope: 'repo', covers: 'folder' },
    { written: '~/.cursor/commands', place: 'commands', scope: 'home', covers: 'folder' },
    { written: '.cursor/commands', place: 'commands', scope: 'repo', covers: 'folder' },
    { written: '~/.cursor/agents', place: 'subagents', scope: 'home', covers: 'folder' },
    { written: '.cursor/agents', place: 'subagents', scope: 'repo', covers: 'folder' },
    { written: '~/.cursor/hooks', place: 'hooks', scope: 'home', covers: 'folder' },
    { written: '.cursor/hooks', place: 'hooks', scope: 'repo', covers: 'folder' },
  ],
}
