import { allSources, conflictPolicies, knownSources } from '../import/import-options.js'
import { kindNames } from '../import/kind-names.js'
import { appServerCommands, appServerOptions } from './app-server-options.js'
import type { CommandRow } from './command-table.js'
import { doctorCommand } from './doctor-command.js'
import { execCommands, execOptions } from './exec-options.js'
import { threadsCommand } from './threads-command.js'
import { tuiOptions } from './tui-options.js'

/** Shells that `gangway completion` knows. */
export const shells = ['bash', 'zsh', 'fish'] as const

/** What `gangway import` does besides importing. */
export const importActions = ['list', 'undo', 'verify'] as const

const kindWords = kindNames.map((kind) => kind.words[0])

const tuiRows = tuiOptions.map(({ flags, text, words, folder }) => ({
  flags,
  text,
  ...(words && { words }),
  ...(folder && { folder }),
}))

/** Every command of the program, in the order of its help. */
export const commands: readonly CommandRow[] = [
  {
    name: 'tui',
    argument: { flags: '[prompt]', text: 'what to say first', words: [] },
    summary: 'open the terminal UI; so does gangway without a command',
    options: tuiRows,
  },
  {
    name: 'resume',
    argument: { flags: '[id]', text: 'the conversation; without it, a list to pick from', words: [] },
    further: { flags: '[prompt]', text: 'what to say first' },
    summary: 'go on with an earlier conversation in the terminal UI',
    options: tuiRows,
  },
  {
    name: 'import',
    argument: {
      flags: '[action]',
      text: 'list: what was imported; undo: take an import back; verify: look whether what came over works',
      words: importActions,
    },
    further: {
      flags: '[importId]',
      text: 'for undo and verify: which import; for verify, by default, all',
      completed: { behind: ['undo', 'verify'], from: 'imports' },
    },
    summary: 'bring what another coding agent left on this machine into the Codex home',
    options: [
      {
        flags: '--from <agent>',
        text: 'the agent to bring over from, or all, one after the other; by default claude-code, and in a terminal you are asked',
        words: [...knownSources.map((source) => source.id), allSources],
      },
      { flags: '--home-only', text: 'look in the home folder only, not in the current repository' },
      {
        flags: '--cwd <dir...>',
        text: 'look in the repositories of these folders instead of the current one',
        folder: true,
      },
      {
        flags: '--kinds <list>',
        text: `only these kinds, separated by commas: ${kindWords.join(', ')}`,
        words: kindWords,
        isList: true,
      },
      { flags: '--max-sessions <count>', text: 'at most so many conversations, the newest; by default all' },
      {
        flags: '--since <day>',
        text: 'only conversations since this day (2026-01-31), or of so many days; by default all',
      },
      { flags: '--dry-run', text: 'show the plan and its diff, write nothing' },
      { flags: '--json', text: 'print one JSON document; writes only together with --yes' },
      { flags: '--yes [digest]', text: 'do not ask; with a digest, write only when the plan still has it' },
      {
        flags: '--on-conflict <policy>',
        text: `what to do where the target exists: ${conflictPolicies.join(', ')}; by default, merge where the format allows it, else skip`,
        words: conflictPolicies,
      },
      { flags: '--start-servers', text: 'with verify: start the MCP servers, too, each for a short time' },
      { flags: '--copy-secrets', text: 'copy literal secrets instead of naming environment variables for them' },
      {
        flags: '--codex-home <dir>',
        text: 'the Codex home to write to; by default $CODEX_HOME, else ~/.codex',
        folder: true,
      },
    ],
    notes: [
      'Exit codes: 0 all done, 1 something failed, 2 wrong command line, 3 nothing to import, 4 the plan is stale,',
      '130 stopped. The files of the other agent are never changed.',
    ].join('\n'),
  },
  {
    name: 'exec',
    argument: {
      flags: '[prompt]',
      text: 'what to do; - or nothing: from standard input. Or: resume [id|name], fork <id|name>, review',
      words: execCommands,
    },
    further: {
      flags: '[arguments...]',
      text: 'for resume and fork: the session, then a prompt; for review: instructions',
    },
    summary: 'let an agent do one thing, without asking, and print its answer',
    options: execOptions.map(({ flags, text, words, folder }) => ({
      flags,
      text,
      ...(words !== undefined && { words }),
      ...(folder !== undefined && { folder }),
    })),
    notes: [
      'Standard output has the answer alone, or with --json the events; everything else is on standard error.',
      'Exit codes: 0 the turn completed, 1 it did not, 2 wrong command line, 130 stopped by a second Ctrl-C.',
    ].join('\n'),
  },
  threadsCommand,
  doctorCommand,
  {
    name: 'app-server',
    argument: {
      flags: '[command]',
      text: 'generate-json-schema or generate-ts',
      words: appServerCommands.map((command) => command.name),
    },
    summary: 'serve the app-server protocol on standard input and output',
    options: appServerOptions.filter((option) => option.name !== 'help').map(({ flags, text }) => ({ flags, text })),
  },
  {
    name: 'demo',
    summary: 'import an embedded sample into temporary folders, to see how it works',
    options: [
      { flags: '--dir <dir>', text: 'work in this folder (made, or empty) instead of a temporary one', folder: true },
      { flags: '--full', text: 'show the whole diff and every statement' },
      { flags: '--keep', text: 'leave the folders there at the end (the default)' },
      { flags: '--no-keep', text: 'remove the folders at the end' },
    ],
  },
  {
    name: 'completion',
    argument: { flags: '<shell>', text: shells.join(', '), words: shells },
    summary: 'print a completion script for a shell',
    options: [],
    notes: [
      'bash: eval "$(gangway completion bash)" in ~/.bashrc',
      'zsh:  gangway completion zsh > ~/.zsh/completions/_gangway (a folder of $fpath)',
      'fish: gangway completion fish > ~/.config/fish/completions/gangway.fish',
    ].join('\n'),
  },
  { name: 'version', summary: 'print the version', options: [] },
]
