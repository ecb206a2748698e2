import { parseArgs } from 'node:util'
import { UsageError } from '../exit-codes.js'

/** What `gangway app-server` was asked to do. */
export type AppServerRequest =
  | { readonly type: 'help' }
  | { readonly type: 'serve'; readonly config: readonly string[] }
  | { readonly type: 'generate'; readonly what: SchemaKind; readonly out: string; readonly experimental: boolean }

/** In which form the protocol is written out. */
export type SchemaKind = 'json-schema' | 'ts'

/** The options of `gangway app-server`, for its help, its completion and its parser. */
export const appServerOptions = [
  { name: 'listen', flags: '--listen <url>', value: true, text: 'where to serve: stdio:// (the default)' },
  {
    name: 'stdio',
    flags: '--stdio',
    value: false,
    text: 'serve on standard input and output; same as --listen stdio://',
  },
  {
    name: 'config',
    short: 'c',
    flags: '-c, --config <key=value>',
    value: true,
    text: 'override a configuration value; the value is TOML, else text; may be repeated',
  },
  {
    name: 'out',
    flags: '--out <dir>',
    value: true,
    text: 'folder to write the generated files to (generate-json-schema, generate-ts)',
  },
  { name: 'experimental', flags: '--experimental', value: false, text: 'generate experimental methods and fields too' },
  { name: 'help', short: 'h', flags: '-h, --help', value: false, text: 'show this help' },
] as const

/** The sub-commands of `gangway app-server`. */
export const appServerCommands = [
  { name: 'generate-json-schema', text: 'write the protocol as JSON Schema' },
  { name: 'generate-ts', text: 'write the protocol as TypeScript types' },
] as const

/**
 * Reads the arguments that follow `gangway app-server`.
 *
 * @throws UsageError naming what is wrong and the nearest word that would be right
 */
export async function readAppServerArguments(argv: readonly string[]): Promise<AppServerRequest> {
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
  const found = {
    config: [] as string[],
    listen: undefined as string | undefined,
    out: undefined as string | undefined,
  }
  const flags = new Set<string>()
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
    if (option.name === 'config') found.config.push(token.value)
    else found[option.name] = token.value
  }
  if (flags.has('help')) return { type: 'help' }
  if (command !== undefined) return generateRequest(command, found.out, flags.has('experimental'))
  if (found.out !== undefined || flags.has('experimental')) {
    throw new UsageError('app-server: --out and --experimental belong to generate-json-schema and generate-ts')
  }
  checkListen(found.listen)
  return { type: 'serve', config: found.config }
}

/** The full help text of `gangway app-server`. */
export function appServerHelp(): string {
  const rows = (list: readonly (readonly [string, string])[]) =>
    list.map(([left, right]) => `  ${left.padEnd(26)}  ${right}`)
  return [
    'Usage: gangway app-server [options] [generate-json-schema|generate-ts]',
    '',
    'Serve the Codex app-server protocol, one JSON message per line, until the input ends.',
    '',
    'Options:',
    ...rows(appServerOptions.map((option) => [option.flags, option.text])),
    '',
    'Commands:',
    ...rows(appServerCommands.map((command) => [command.name, command.text])),
    '',
  ].join('\n')
}

function checkListen(url: string | undefined): void {
  if (url === undefined || url === 'stdio://') return
  const known = /^(?:ws|wss|unix):\/\//.test(url) || url === 'off'
  throw new UsageError(
    known
      ? `app-server: --listen ${url} is not supported yet; supported: stdio://`
      : `app-server: --listen ${url} is not supported; supported: stdio://`,
  )
}

async function generateRequest(
  command: string,
  out: string | undefined,
  experimental: boolean,
): Promise<AppServerRequest> {
  const names = appServerCommands.map((known) => known.name)
  const name = names.find((known) => known === command)
  if (name === undefined) {
    const { suggestion } = await import('../terminal/nearest.js')
    throw new UsageError(`app-server: unknown command ${command}${suggestion(command, names)}`)
  }
  if (out === undefined || out === '') throw new UsageError(`app-server: ${name} needs --out <dir>`)
  return { type: 'generate', what: name === 'generate-ts' ? 'ts' : 'json-schema', out, experimental }
}

async function unknownOption(rawName: string): Promise<string> {
  const { suggestion } = await import('../terminal/nearest.js')
  const known = appServerOptions.map((option) => `--${option.name}`)
  return `app-server: unknown option ${rawName}${suggestion(rawName, known)}`
}
