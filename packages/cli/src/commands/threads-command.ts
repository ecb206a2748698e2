import { exportFormats, sortWords, sourceWords, threadActions } from '../threads/threads-words.js'
import type { CommandRow } from './command-table.js'

/** What help, the parser and completion know of `gangway threads`. */
export const threadsCommand: CommandRow = {
  name: 'threads',
  argument: {
    flags: '[action]',
    text: `${threadActions.join(', ')}; by default list`,
    words: threadActions,
  },
  further: {
    flags: '[words...]',
    text: 'a thread, by its id, its name or the beginning of either; for rename then the new name; for search the words to find',
    completed: { behind: ['show', 'rename', 'archive', 'unarchive', 'delete', 'export'], from: 'threads' },
  },
  summary: 'find, show, rename, archive, delete and export conversations',
  options: [
    { flags: '--json', text: 'print one JSON document' },
    { flags: '--limit <count>', text: 'list, search: at most so many (25)' },
    { flags: '--all', text: 'list, search: all of them' },
    { flags: '--cursor <cursor>', text: 'list, search: go on where another page ended' },
    { flags: '--cwd <dir...>', text: 'list, search: only those of these folders', folder: true },
    {
      flags: '--source <kinds>',
      text: 'list, search: only those begun by these kinds of programs, or all; by default those in which a person talks',
      words: ['all', ...sourceWords],
      isList: true,
    },
    { flags: '--provider <ids>', text: 'list, search: only those of these providers of models' },
    { flags: '--archived', text: 'list, search: those that were put away, instead of the others' },
    {
      flags: '--since <day>',
      text: 'list, search: only since this day (2026-01-31), or of so many days (7) or hours (12h)',
    },
    {
      flags: '--sort <time>',
      text: 'list, search: newest first by updated (the default) or created',
      words: sortWords,
    },
    { flags: '--turns <count>', text: 'show: at most so many turns, the last ones (3)' },
    { flags: '--format <format>', text: `export: ${exportFormats.join(' or ')}`, words: exportFormats },
    { flags: '-o, --output <file>', text: 'export: write to this file instead of standard output' },
    { flags: '--yes', text: 'delete: do not ask' },
    {
      flags: '--remote <url>',
      text: 'ask the server there: ws://HOST:PORT, wss://…, unix:///PATH, or unix:// for the home’s own',
    },
    { flags: '--remote-auth-token-env <name>', text: 'environment variable with the token for --remote' },
    { flags: '--codex-home <dir>', text: 'the Codex home; by default $CODEX_HOME, else ~/.codex', folder: true },
  ],
  notes: 'Exit codes: 0 done, 1 no such thread, or the server refused, 2 wrong command line, 130 stopped.',
}
