import { parseArgs } from 'node:util'
import { readConfigOverrides } from '../commands/config-overrides.js'
import { sandboxModes } from '../commands/exec-options.js'
import { approvalPolicies, tuiOptions } from '../commands/tui-options.js'
import { UsageError } from '../exit-codes.js'
import { suggestion } from '../terminal/nearest.js'

/** What the terminal UI was asked for. Paths are as they were written. */
export interface TuiRequest {
  /** Said at once. */
  readonly prompt: string | undefined
  /** `new`; `pick` shows the list first; `last` goes on with the newest; else an id. */
  readonly thread: { readonly type: 'new' | 'pick' | 'last' } | { readonly type: 'id'; readonly id: string }
  readonly model: string | undefined
  readonly cd: string | undefined
  readonly config: { readonly [dottedKey: string]: unknown }
  readonly sandbox: (typeof sandboxModes)[number] | undefined
  readonly approvalPolicy: (typeof approvalPolicies)[number] | undefined
  readonly profile: string | undefined
  readonly remote: string | undefined
  readonly remoteAuthTokenEnv: string | undefined
  readonly wsTokenFile: string | undefined
  readonly codexHome: string | undefined
  readonly plain: boolean
  readonly demo: boolean
}

/**
 * Reads the command line of the terminal UI: `[resume [id]] [options] [prompt]`. Touches no disk.
 *
 * @throws UsageError that names the word, and what is possible
 */
export function readTuiArguments(argv: readonly string[]): TuiRequest {
  const { values, positionals } = parse(argv)
  const one = (name: string) => (values[name] as readonly string[] | undefined)?.at(-1)
  const isResume = positionals[0] === 'resume'
  const words = isResume ? positionals.slice(1) : positionals
  const isLast = values.last === true
  if (isLast && !isResume) throw new UsageError('--last belongs to gangway resume')
  const id = isResume && !isLast ? words[0] : undefined
  const [prompt, ...more] = id === undefined ? words : words.slice(1)
  if (more[0] !== undefined) throw new UsageError(`unexpected argument ${more[0]}; a prompt of several words is quoted`)
  return {
    prompt: prompt === '' ? undefined : prompt,
    thread: id !== undefined ? { type: 'id', id } : { type: isLast ? 'last' : isResume ? 'pick' : 'new' },
    model: one('model'),
    cd: one('cd'),
    config: readConfigOverrides((values.config as readonly string[] | undefined) ?? []),
    sandbox: oneOf('-s', one('sandbox'), sandboxModes),
    approvalPolicy: oneOf('-a', one('ask-for-approval'), approvalPolicies),
    profile: one('profile'),
    remote: one('remote'),
    remoteAuthTokenEnv: one('remote-auth-token-env'),
    wsTokenFile: one('ws-token-file'),
    codexHome: one('codex-home'),
    plain: values.plain === true,
    demo: values.demo === true,
  }
}

function parse(argv: readonly string[]) {
  const options = Object.fromEntries(
    tuiOptions.map(({ name, short, takes }) => [
      name,
      {
        type: takes === 'none' ? ('boolean' as const) : ('string' as const),
        multiple: takes !== 'none',
        ...(short && { short }),
      },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    return { values: values as { readonly [name: string]: unknown }, positionals }
  } catch (error) {
    throw new UsageError(faultWords(argv, error))
  }
}

function faultWords(argv: readonly string[], error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1]
  if (unknown === undefined) return message
  const written = argv.find((word) => word.startsWith(unknown)) ?? unknown
  const names = tuiOptions.map(({ name }) => `--${name}`)
  return `unknown option ${written}${suggestion(written, names)}`
}

function oneOf<T extends string>(flag: string, written: string | undefined, known: readonly T[]): T | undefined {
  if (written === undefined) return undefined
  const found = known.find((one) => one === written)
  if (found === undefined) throw new UsageError(`${flag} ${written}: give ${known.join(', ')}`)
  return found
}
