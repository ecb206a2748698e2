import type { OptionRow } from './command-table.js'
import { sandboxModes } from './exec-options.js'

/** When the agent asks, as `-a` spells it. */
export const approvalPolicies = ['untrusted', 'on-request', 'never'] as const

/** The options of the terminal UI, for its help, its completion and its parser. */
export const tuiOptions: readonly (OptionRow & {
  readonly name: string
  readonly short?: string
  readonly takes: 'none' | 'one' | 'many'
})[] = [
  { name: 'model', short: 'm', flags: '-m, --model <model>', text: 'the model to use', takes: 'one' },
  { name: 'cd', short: 'C', flags: '-C, --cd <dir>', text: 'work in this folder', takes: 'one', folder: true },
  {
    name: 'config',
    short: 'c',
    flags: '-c, --config <key=value>',
    text: 'override a configuration value; the value is TOML, else text; may be repeated',
    takes: 'many',
  },
  {
    name: 'sandbox',
    short: 's',
    flags: '-s, --sandbox <mode>',
    text: `what commands may do: ${sandboxModes.join(', ')}`,
    takes: 'one',
    words: sandboxModes,
  },
  {
    name: 'ask-for-approval',
    short: 'a',
    flags: '-a, --ask-for-approval <when>',
    text: `when the agent asks: ${approvalPolicies.join(', ')}`,
    takes: 'one',
    words: approvalPolicies,
  },
  {
    name: 'profile',
    short: 'p',
    flags: '-p, --profile <name>',
    text: 'lay <name>.config.toml of the Codex home over the configuration',
    takes: 'one',
  },
  {
    name: 'remote',
    flags: '--remote <url>',
    text: 'use a running server: ws://HOST:PORT, wss://…, unix://PATH, or unix:// for that of the Codex home',
    takes: 'one',
  },
  {
    name: 'remote-auth-token-env',
    flags: '--remote-auth-token-env <name>',
    text: 'environment variable with the token for --remote',
    takes: 'one',
  },
  { name: 'ws-token-file', flags: '--ws-token-file <path>', text: 'file with the token for --remote', takes: 'one' },
  {
    name: 'codex-home',
    flags: '--codex-home <dir>',
    text: 'the Codex home; by default $CODEX_HOME, else ~/.codex',
    takes: 'one',
    folder: true,
  },
  { name: 'last', flags: '--last', text: 'resume: the conversation that was used last', takes: 'none' },
  { name: 'plain', flags: '--plain', text: 'lines only, for screen readers (also with TERM=dumb)', takes: 'none' },
  { name: 'demo', flags: '--demo', text: 'talk to a built-in scripted model, to see how it works', takes: 'none' },
]
