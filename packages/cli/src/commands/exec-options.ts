/** One option of `gangway exec`. */
export interface ExecOption {
  readonly name: string
  readonly short?: string
  readonly flags: string
  readonly text: string
  /** `none`: a switch. `one`: given once at most. `many`: may be repeated. `list`: takes all words up to the next option, too. */
  readonly value: 'none' | 'one' | 'many' | 'list'
  readonly words?: readonly string[]
  readonly folder?: boolean
}

/** Sandboxes that `-s` knows. */
export const sandboxModes = ['read-only', 'workspace-write', 'danger-full-access'] as const

/** When to colour. */
export const colourChoices = ['always', 'never', 'auto'] as const

/** The options of `gangway exec` and its sub-commands: where one means nothing for a sub-command, that refuses it. */
export const execOptions: readonly ExecOption[] = [
  { name: 'json', flags: '--json', text: 'print events on standard output, one JSON object a line', value: 'none' },
  { name: 'model', short: 'm', flags: '-m, --model <model>', text: 'the model to use', value: 'one' },
  {
    name: 'sandbox',
    short: 's',
    flags: '-s, --sandbox <mode>',
    text: `what commands may do: ${sandboxModes.join(', ')}`,
    value: 'one',
    words: sandboxModes,
  },
  { name: 'cd', short: 'C', flags: '-C, --cd <dir>', text: 'work in this folder', value: 'one', folder: true },
  {
    name: 'add-dir',
    flags: '--add-dir <dir>',
    text: 'another folder that may be written; may be repeated',
    value: 'many',
    folder: true,
  },
  {
    name: 'image',
    short: 'i',
    flags: '-i, --image <file...>',
    text: 'pictures to go with the prompt; separated by spaces or commas',
    value: 'list',
  },
  {
    name: 'config',
    short: 'c',
    flags: '-c, --config <key=value>',
    text: 'override a configuration value; the value is TOML, else text; may be repeated',
    value: 'many',
  },
  {
    name: 'profile',
    short: 'p',
    flags: '-p, --profile <name>',
    text: 'lay <name>.config.toml of the Codex home over the configuration',
    value: 'one',
  },
  {
    name: 'output-schema',
    flags: '--output-schema <file>',
    text: 'JSON Schema that the last answer must fit',
    value: 'one',
  },
  {
    name: 'output-last-message',
    short: 'o',
    flags: '-o, --output-last-message <file>',
    text: 'write the last answer to this file, too',
    value: 'one',
  },
  { name: 'ephemeral', flags: '--ephemeral', text: 'leave nothing of the session on disk', value: 'none' },
  {
    name: 'skip-git-repo-check',
    flags: '--skip-git-repo-check',
    text: 'work outside a Git repository, too',
    value: 'none',
  },
  { name: 'trust', flags: '--trust', text: 'remember that this project is trusted', value: 'none' },
  {
    name: 'ignore-user-config',
    flags: '--ignore-user-config',
    text: 'do without config.toml of the Codex home',
    value: 'none',
  },
  { name: 'ignore-rules', flags: '--ignore-rules', text: 'do without the rules for commands', value: 'none' },
  {
    name: 'color',
    flags: '--color <when>',
    text: `colour on standard error: ${colourChoices.join(', ')}; by default auto`,
    value: 'one',
    words: colourChoices,
  },
  { name: 'enable', flags: '--enable <feature>', text: 'switch a feature on; may be repeated', value: 'many' },
  { name: 'disable', flags: '--disable <feature>', text: 'switch a feature off; may be repeated', value: 'many' },
  {
    name: 'dangerously-bypass-approvals-and-sandbox',
    flags: '--dangerously-bypass-approvals-and-sandbox',
    text: 'run everything, without a sandbox; for machines that are a sandbox themselves',
    value: 'none',
  },
  { name: 'strict-config', flags: '--strict-config', text: 'refuse settings that are not known', value: 'none' },
  { name: 'oss', flags: '--oss', text: 'use a model on this machine', value: 'none' },
  {
    name: 'local-provider',
    flags: '--local-provider <name>',
    text: 'which one: ollama or lmstudio; by default oss_provider of the configuration',
    value: 'one',
    words: ['ollama', 'lmstudio'],
  },
  { name: 'thread-source', flags: '--thread-source <source>', text: 'what the session is recorded as', value: 'one' },
  { name: 'last', flags: '--last', text: 'resume: the newest session of this folder', value: 'none' },
  { name: 'all', flags: '--all', text: 'resume: the newest session of any folder', value: 'none' },
  { name: 'uncommitted', flags: '--uncommitted', text: 'review: what is not committed', value: 'none' },
  { name: 'base', flags: '--base <branch>', text: 'review: the changes against a branch', value: 'one' },
  { name: 'commit', flags: '--commit <sha>', text: 'review: the changes of a commit', value: 'one' },
  { name: 'title', flags: '--title <title>', text: 'review: what the commit is called', value: 'one' },
  {
    name: 'remote',
    flags: '--remote <url>',
    text: 'use a running server: ws://HOST:PORT, wss://…, unix://PATH, or unix:// for that of the Codex home',
    value: 'one',
  },
  {
    name: 'remote-auth-token-env',
    flags: '--remote-auth-token-env <name>',
    text: 'environment variable with the token for --remote',
    value: 'one',
  },
  {
    name: 'ws-token-file',
    flags: '--ws-token-file <path>',
    text: 'file with the token for --remote',
    value: 'one',
  },
  {
    name: 'codex-home',
    flags: '--codex-home <dir>',
    text: 'the Codex home; by default $CODEX_HOME, else ~/.codex',
    value: 'one',
    folder: true,
  },
]

/** What `gangway exec` does besides a new session. */
export const execCommands = ['resume', 'fork', 'review'] as const
