/** What a provider's table in the configuration says, in the spelling of `config.toml`; nothing of it is checked. */
export type ProviderTable = Readonly<Record<string, unknown>>

/** What is there without a word in the configuration. Ports and addresses: reference 0.169.0. */
function builtInProviders(
  config: Readonly<Record<string, unknown>>,
  env: { readonly [name: string]: string | undefined },
): Readonly<Record<string, ProviderTable>> {
  const openaiBaseUrl = textOf(config.openai_base_url) ?? textOf(env.OPENAI_BASE_URL) ?? 'https://api.openai.com/v1'
  return {
    openai: { name: 'OpenAI', base_url: openaiBaseUrl, requires_openai_auth: true },
    ollama: { name: 'Ollama', base_url: localBaseUrl(env, 11_434) },
    lmstudio: { name: 'LM Studio', base_url: localBaseUrl(env, 1_234) },
  }
}

/**
 * Every provider that can be named, by id, in the order of their ids: the built-in ones, and those of the configuration.
 *
 * A table of the configuration with the id of a built-in one changes only what it says.
 */
export function providerTables(
  config: Readonly<Record<string, unknown>>,
  env: { readonly [name: string]: string | undefined },
): ReadonlyMap<string, ProviderTable> {
  const builtIn = builtInProviders(config, env)
  const own = isTable(config.model_providers) ? config.model_providers : {}
  const ids = [...new Set([...Object.keys(builtIn), ...Object.keys(own)])].sort()
  return new Map(
    ids.map((id) => {
      const said = Object.hasOwn(own, id) && isTable(own[id]) ? withoutNulls(own[id]) : {}
      return [id, { ...(Object.hasOwn(builtIn, id) && builtIn[id]), ...said }]
    }),
  )
}

/** The id that `model_provider` gives, with `oss` read as the local program that is configured. */
export function defaultProviderId(config: Readonly<Record<string, unknown>>): string {
  return namedProvider(textOf(config.model_provider) ?? 'openai', config)
}

/** `oss` stands for `oss_provider`, which is Ollama unless it is set; any other id for itself. */
export function namedProvider(id: string, config: Readonly<Record<string, unknown>>): string {
  return id === 'oss' ? (textOf(config.oss_provider) ?? 'ollama') : id
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Whether it is a table. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function localBaseUrl(env: { readonly [name: string]: string | undefined }, port: number): string {
  return textOf(env.CODEX_OSS_BASE_URL) ?? `http://localhost:${textOf(env.CODEX_OSS_PORT) ?? port}/v1`
}

function withoutNulls(table: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== null && value !== undefined))
}
