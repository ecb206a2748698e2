import { RpcError, rpcCodes } from '@gangway/protocol'
import type { ModelProvider } from './provider.js'
import { keySource, type SignIn } from './provider-key.js'
import { isTable, namedProvider, type ProviderTable, providerTables, textOf } from './provider-table.js'

/** What a provider is resolved from. */
export interface ProviderInput {
  /** The configuration in force, in the spelling of `config.toml`. */
  readonly config: Readonly<Record<string, unknown>>
  readonly env: { readonly [name: string]: string | undefined }
  readonly auth: SignIn
  /** Absent or null: the configuration's `model_provider`, else `openai`. */
  readonly id?: string | null | undefined
}

/** Retries of a request and of a stream, and the milliseconds of silence after which a stream is given up. */
const requestMaxRetries = 4
const streamMaxRetries = 5
const streamIdleTimeoutMs = 300_000
/** No configuration gets more retries than this. */
const mostRetries = 100

/**
 * The provider of that id, as the configuration says it. Touches neither disk nor network: a key is looked for when it
 * is asked for.
 *
 * Source: reference 0.169.0, names of the keys, numbers of retries, and the words of the first two refusals.
 *
 * @throws RpcError for a provider that is not there, has no address, or speaks what we do not
 */
export function resolveProvider({ config, env, auth, id }: ProviderInput): ModelProvider {
  const named = namedProvider(textOf(id) ?? textOf(config.model_provider) ?? 'openai', config)
  const tables = providerTables(config, env)
  const table = tables.get(named)
  if (table === undefined) throw unknownProvider(named, [...tables.keys()])
  refuseWhatIsNotSpoken(named, table)
  const baseUrl = textOf(table.base_url)
  if (baseUrl === undefined) {
    throw invalid(`Model provider \`${named}\` has no address: set model_providers.${named}.base_url`)
  }
  return {
    id: named,
    name: textOf(table.name) ?? named,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { ...textsOf(table.http_headers), ...fromEnvironment(table.env_http_headers, env) },
    queryParams: textsOf(table.query_params),
    requestMaxRetries: retries(table.request_max_retries, requestMaxRetries),
    streamMaxRetries: retries(table.stream_max_retries, streamMaxRetries),
    streamIdleTimeoutMs: wholeNumber(table.stream_idle_timeout_ms) ?? streamIdleTimeoutMs,
    requiresOpenaiAuth: table.requires_openai_auth === true,
    apiKey: keySource(named, table, env, auth),
  }
}

function unknownProvider(id: string, known: readonly string[]): RpcError {
  return invalid(`Model provider \`${id}\` not found: add [model_providers.${id}], or use one of ${known.join(', ')}`)
}

function refuseWhatIsNotSpoken(id: string, table: ProviderTable): void {
  const api = textOf(table.wire_api)
  if (api !== undefined && api !== 'responses') {
    throw invalid(
      `Model provider \`${id}\` has wire_api = "${api}", which is not supported: only "responses" is; set model_providers.${id}.wire_api`,
    )
  }
  const foreign = ['aws', 'gateway_oauth', 'credential_file'].find((key) => table[key] !== undefined)
  if (foreign !== undefined) {
    throw invalid(`Model provider \`${id}\` signs in by \`${foreign}\`, which is not supported: use env_key or auth`)
  }
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isTable(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Headers whose value stands in a variable; those whose variable is not set, or empty, are left out. */
function fromEnvironment(
  value: unknown,
  env: { readonly [name: string]: string | undefined },
): Readonly<Record<string, string>> {
  const headers = Object.entries(textsOf(value)).map(([header, variable]) => [header, textOf(env[variable])] as const)
  return Object.fromEntries(headers.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function retries(value: unknown, otherwise: number): number {
  return Math.min(wholeNumber(value) ?? otherwise, mostRetries)
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

function invalid(message: string): RpcError {
  return new RpcError(rpcCodes.invalidRequest, message)
}
