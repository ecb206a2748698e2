import type { CommandRow } from './command-table.js'

/** What help, the parser and completion know of `gangway doctor`. */
export const doctorCommand: CommandRow = {
  name: 'doctor',
  summary: 'look whether everything that is needed works, and say how to mend what does not',
  options: [
    { flags: '--json', text: 'print one JSON document' },
    { flags: '--start-servers', text: 'start the MCP servers, too, each for a short time' },
    { flags: '--fix', text: 'mend what can be mended without a choice: the index of threads' },
    { flags: '--offline', text: 'ask no provider of models' },
    { flags: '--cwd <dir>', text: 'look from this folder instead of the current one', folder: true },
    { flags: '--codex-home <dir>', text: 'the Codex home; by default $CODEX_HOME, else ~/.codex', folder: true },
  ],
  notes: 'Exit codes: 0 everything that is needed works, 1 something does not, 2 wrong command line, 130 stopped.',
}
