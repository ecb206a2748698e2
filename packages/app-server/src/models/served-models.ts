import type { ModelProvider } from '@gangway/agent'

/** How long a provider is waited for: people wait for the list while their program starts. */
const answerTimeoutMs = 800
/** How long an answer counts, and how long a provider that gave none is left alone. */
const knownMs = 60_000
const unknownMs = 5_000
/** No list of models is longer than this, in bytes. */
const maxBytes = 4 * 1024 * 1024

/** Asks providers what they serve, and remembers it for a while. */
export class ServedModels {
  readonly #known = new Map<
    string,
    { readonly ids: Promise<readonly string[] | undefined>; readonly untilMs: number }
  >()

  /** Names of the provider's models, sorted; undefined where it cannot be asked. Reaches out to its address. */
  of(provider: ModelProvider): Promise<readonly string[] | undefined> {
    const key = `${provider.id} ${provider.baseUrl}`
    const known = this.#known.get(key)
    if (known !== undefined && Date.now() < known.untilMs) return known.ids
    const ids = askFor(provider).catch(() => undefined)
    this.#known.set(key, { ids, untilMs: Date.now() + unknownMs })
    void ids.then((found) => {
      if (found !== undefined) this.#known.set(key, { ids, untilMs: Date.now() + knownMs })
    })
    return ids
  }
}

async function askFor(provider: ModelProvider): Promise<readonly string[] | undefined> {
  const signal = AbortSignal.timeout(answerTimeoutMs)
  const key = await provider.apiKey()
  const query = new URLSearchParams(provider.queryParams).toString()
  const response = await fetch(`${provider.baseUrl}/models${query === '' ? '' : `?${query}`}`, {
    headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...provider.headers },
    signal,
  })
  const length = Number(response.headers.get('content-length') ?? 0)
  if (!response.ok || length > maxBytes) {
    await response.body?.cancel()
    return undefined
  }
  return idsIn(await response.json())
}

function idsIn(answer: unknown): readonly string[] | undefined {
  const entries = memberOf(answer, 'data') ?? memberOf(answer, 'models')
  if (!Array.isArray(entries)) return undefined
  const ids = entries.map((entry: unknown) => memberOf(entry, 'id') ?? memberOf(entry, 'name'))
  return [...new Set(ids.filter((id): id is string => typeof id === 'string' && id !== ''))].sort()
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
