import { readConfigOverrides } from '../commands/config-overrides.js'
import { colourChoices, execCommands, sandboxModes } from '../commands/exec-options.js'
import { UsageError } from '../exit-codes.js'
import type { ExecCommand, ExecRequest, ReviewChoice } from './exec-request.js'
import { type ExecWords, sortWords } from './exec-words.js'

/** Options that only one sub-command knows. */
const ownOptions: { readonly [name: string]: ExecCommand['type'] } = {
  last: 'resume',
  all: 'resume',
  uncommitted: 'review',
  base: 'review',
  commit: 'review',
  title: 'review',
}

/**
 * Reads the words behind `gangway exec`. Touches no disk.
 *
 * @throws UsageError that names the word, and what is possible
 */
export function readExecArguments(argv: readonly string[]): ExecRequest {
  const words = sortWords(argv)
  const { command, rest } = readCommand(words)
  for (const [name, owner] of Object.entries(ownOptions)) {
    if ((words.flags.has(name) || words.values.has(name)) && command.type !== owner) {
      throw new UsageError(`exec: --${name} belongs to exec ${owner}`)
    }
  }
  const [prompt, ...more] = rest
  if (more[0] !== undefined) {
    throw new UsageError(`exec: unexpected argument ${more[0]}; a prompt of several words is quoted`)
  }
  const one = (name: string) => words.values.get(name)?.[0]
  const many = (name: string) => words.values.get(name) ?? []
  const color = one('color')
  const sandbox = one('sandbox')
  return {
    command,
    prompt,
    json: words.flags.has('json'),
    model: one('model'),
    sandbox: sandbox === undefined ? undefined : oneOf('-s', sandbox, sandboxModes),
    cd: one('cd'),
    addDirs: many('add-dir'),
    images: many('image').flatMap((list) => list.split(',')),
    config: {
      ...Object.fromEntries(many('enable').map((name) => [`features.${name}`, true])),
      ...Object.fromEntries(many('disable').map((name) => [`features.${name}`, false])),
      ...readConfigOverrides(many('config')),
    },
    profile: one('profile'),
    outputSchema: one('output-schema'),
    outputLastMessage: one('output-last-message'),
    ephemeral: words.flags.has('ephemeral'),
    skipGitRepoCheck: words.flags.has('skip-git-repo-check'),
    trust: words.flags.has('trust'),
    ignoreUserConfig: words.flags.has('ignore-user-config'),
    ignoreRules: words.flags.has('ignore-rules'),
    strictConfig: words.flags.has('strict-config'),
    color: color === undefined ? 'auto' : oneOf('--color', color, colourChoices),
    bypass: words.flags.has('dangerously-bypass-approvals-and-sandbox'),
    oss: words.flags.has('oss'),
    localProvider: one('local-provider'),
    threadSource: one('thread-source'),
    remote: one('remote'),
    remoteAuthTokenEnv: one('remote-auth-token-env'),
    wsTokenFile: one('ws-token-file'),
    codexHome: one('codex-home'),
  }
}

function readCommand(words: ExecWords): { readonly command: ExecCommand; readonly rest: readonly string[] } {
  const [first, ...behind] = words.positionals
  switch (execCommands.find((name) => name === first)) {
    case undefined:
      return { command: { type: 'new' }, rest: words.positionals }
    case 'resume': {
      const anywhere = words.flags.has('all')
      // With --last, the only word is the prompt.
      if (words.flags.has('last')) return { command: { type: 'resume', session: undefined, anywhere }, rest: behind }
      const [session, ...rest] = behind
      return { command: { type: 'resume', session, anywhere }, rest }
    }
    case 'fork': {
      const [session, ...rest] = behind
      if (session === undefined) throw new UsageError('exec fork: which session? Give its id or its name')
      return { command: { type: 'fork', session }, rest }
    }
    case 'review':
      return { command: { type: 'review', choice: readChoice(words, behind[0]) }, rest: behind }
  }
}

function readChoice({ flags, values }: ExecWords, prompt: string | undefined): ReviewChoice {
  const branch = values.get('base')?.[0]
  const sha = values.get('commit')?.[0]
  const title = values.get('title')?.[0] ?? null
  const choices: readonly ReviewChoice[] = [
    ...(flags.has('uncommitted') ? [{ type: 'uncommittedChanges' } as const] : []),
    ...(branch === undefined ? [] : [{ type: 'baseBranch', branch } as const]),
    ...(sha === undefined ? [] : [{ type: 'commit', sha, title } as const]),
    ...(prompt === undefined ? [] : [{ type: 'custom' } as const]),
  ]
  const [choice, other] = choices
  if (other !== undefined)
    throw new UsageError('exec review: choose one of --uncommitted, --base, --commit and instructions')
  if (title !== null && sha === undefined) throw new UsageError('exec review: --title goes with --commit')
  // Source: reference 0.169.0, which ends with 1 and not 2 here; the caller does so, too.
  return choice ?? { type: 'custom' }
}

function oneOf<T extends string>(flag: string, written: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === written)
  if (choice === undefined) throw new UsageError(`exec: ${flag} ${written} is none of ${choices.join(', ')}`)
  return choice
}
