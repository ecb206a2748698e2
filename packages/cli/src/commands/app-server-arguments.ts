import { parseArgs } from 'node:util'
import { UsageError } from '../exit-codes.js'
import { appServerCommands, appServerOptions } from './app-server-options.js'

/** What `gangway app-server` was asked to do. */
export type AppServerRequest =
  | { readonly type: 'help' }
  | {
      readonly type: 'serve'
      readonly config: readonly string[]
      readonly listen: string
      readonly auth: AuthFlags
      readonly wireLogFile?: string
    }
  | { readonly type: 'proxy'; readonly socketPath: string | undefined }
  | { readonly type: 'generate'; readonly what: SchemaKind; readonly out: string; readonly experimental: boolean }

/** In which form the protocol is written out. */
export type SchemaKind = 'json-schema' | 'ts'

/** The options that say who may connect; those that were given. */
interface AuthFlags {
  readonly mode?: AuthMode
  readonly tokenFile?: string
  readonly tokenSha256?: string
  readonly sharedSecretFile?: string
  readonly issuer?: string
  readonly audience?: string
  readonly maxClockSkewSeconds?: number
}

const authModes = ['capability-token', 'signed-bearer-token'] as const
type AuthMode = (typeof authModes)[number]

type OptionName = (typeof appServerOptions)[number]['name']

/** The arguments as they stand on the command line, each option known. */
interface Written {
  readonly command: string | undefined
  readonly config: readonly string[]
  readonly flags: ReadonlySet<OptionName>
  readonly values: ReadonlyMap<OptionName, string>
}

/**
 * Reads the arguments that follow `gangway app-server`.
 *
 * @throws UsageError naming what is wrong and the nearest word that would be right
 */
export async function readAppServerArguments(argv: readonly string[]): Promise<AppServerRequest> {
  const written = await readWritten(argv)
  const { command, config, flags, values } = written
  if (flags.has('help')) return { type: 'help' }
  if (command !== undefined) return subCommand(command, written)
  if (values.has('out') || flags.has('experimental')) {
    throw new UsageError('app-server: --out and --experimental belong to generate-json-schema and generate-ts')
  }
  if (values.has('sock')) throw new UsageError('app-server: --sock belongs to proxy')
  const listen = values.get('listen') ?? 'stdio://'
  if (flags.has('stdio') && listen !== 'stdio://') {
    throw new UsageError(`app-server: --stdio and --listen ${listen} cannot be used together`)
  }
  const wireLogFile = values.get('log-wire')
  if (wireLogFile === '') throw new UsageError('app-server: --log-wire needs the path of a file')
  return { type: 'serve', config, listen, auth: authFlags(values), ...(wireLogFile !== undefined && { wireLogFile }) }
}

async function readWritten(argv: readonly string[]): Promise<Written> {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      appServerOptions.map((option) => [
        option.name,
        { type: option.value ? 'string' : 'boolean', ...('short' in option ? { short: option.short } : {}) } as const,
      ]),
    ),
  })
  const config: string[] = []
  const flags = new Set<OptionName>()
  const values = new Map<OptionName, string>()
  let command: string | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (command !== undefined) throw new UsageError(`app-server: unexpected argument ${token.value}`)
      command = token.value
    }
    if (token.kind !== 'option') continue
    const option = appServerOptions.find((known) => known.name === token.name)
    if (option === undefined) throw new UsageError(await unknownOption(token.rawName))
    if (!option.value) {
      if (token.value !== undefined) throw new UsageError(`app-server: ${token.rawName} takes no value`)
      flags.add(option.name)
      continue
    }
    if (token.value === undefined) throw new UsageError(`app-server: ${token.rawName} needs a value: ${option.flags}`)
    if (option.name === 'config') config.push(token.value)
    else if (values.has(option.name)) throw new UsageError(`app-server: ${token.rawName} is given twice`)
    else values.set(option.name, token.value)
  }
  return { command, config, flags, values }
}

function authFlags(values: Written['values']): AuthFlags {
  const mode = values.get('ws-auth')
  const skew = values.get('ws-max-clock-skew-seconds')
  const found = {
    mode: mode === undefined ? undefined : authMode(mode),
    tokenFile: values.get('ws-token-file'),
    tokenSha256: values.get('ws-token-sha256'),
    sharedSecretFile: values.get('ws-shared-secret-file'),
    issuer: values.get('ws-issuer'),
    audience: values.get('ws-audience'),
    maxClockSkewSeconds: skew === undefined ? undefined : seconds(skew),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function authMode(written: string): AuthMode {
  const mode = authModes.find((known) => known === written)
  if (mode === undefined) throw new UsageError(`app-server: --ws-auth ${written} is none of ${authModes.join(', ')}`)
  return mode
}

function seconds(written: string): number {
  if (/^\d{1,9}$/.test(written)) return Number(written)
  throw new UsageError(`app-server: --ws-max-clock-skew-seconds ${written} is not a whole number of seconds`)
}

async function subCommand(command: string, { flags, values }: Written): Promise<AppServerRequest> {
  const names = appServerCommands.map((known) => known.name)
  const name = names.find((known) => known === command)
  if (name === undefined) {
    const { suggestion } = await import('../terminal/nearest.js')
    throw new UsageError(`app-server: unknown command ${command}${suggestion(command, names)}`)
  }
  if (name === 'proxy') return { type: 'proxy', socketPath: values.get('sock') }
  const out = values.get('out')
  if (out === undefined || out === '') throw new UsageError(`app-server: ${name} needs --out <dir>`)
  const what = name === 'generate-ts' ? 'ts' : 'json-schema'
  return { type: 'generate', what, out, experimental: flags.has('experimental') }
}

async function unknownOption(rawName: string): Promise<string> {
  const { suggestion } = await import('../terminal/nearest.js')
  const known = appServerOptions.map((option) => `--${option.name}`)
  return `app-server: unknown option ${rawName}${suggestion(rawName, known)}`
}
