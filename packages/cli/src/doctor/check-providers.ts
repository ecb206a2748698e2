import { type Check, type DoctorContext, type Finding, findingsOf } from './finding.js'

const { ok, info, warning, problem } = findingsOf('providers')

/** How long a provider may take to answer. */
const answerMs = 3_000

/** Providers of models: whether the one that is used has its key and answers, and which local ones are there. */
export const checkProviders: Check = async (context) => {
  const answer = await context.client.requestRaw('modelProvider/list', {}, { signal: context.signal })
  if (!answer.ok) return [info('providers-unknown', 'the configuration cannot be read, so no provider was asked')]
  const { data, defaultProviderId } = answer.result
  const usedFirst = [...data].sort((a, b) => Number(b.id === defaultProviderId) - Number(a.id === defaultProviderId))
  const asked = usedFirst.map((provider) => findingOf(provider, provider.id === defaultProviderId, context))
  const found = await Promise.all(asked)
  if (data.some(({ id }) => id === defaultProviderId)) return found.flat()
  const ids = data.map(({ id }) => id).join(', ')
  return [
    problem(
      'provider-unknown',
      `model_provider is ${defaultProviderId}, which is none`,
      `set model_provider to one of ${ids}`,
    ),
    ...found.flat(),
  ]
}

interface Provider {
  readonly id: string
  readonly name: string
  readonly baseUrl?: string | null | undefined
  readonly settings: { readonly type: string; readonly auth?: Auth }
}

interface Auth {
  readonly mode: string
  readonly envKey?: string | null | undefined
}

async function findingOf(provider: Provider, isDefault: boolean, context: DoctorContext): Promise<readonly Finding[]> {
  const name = `${provider.name} (${provider.id})`
  const isLocal = provider.id === 'ollama' || provider.id === 'lmstudio'
  const bad = isDefault ? problem : warning
  const key = await keyOf(provider, context)
  if (key.missing !== undefined) {
    // One that comes along and that nobody uses needs no key.
    if (!isDefault && provider.settings.type !== 'customGateway') return []
    const which = isDefault ? `${name}, which is used,` : name
    return [
      bad(
        'provider-key',
        `${which} has no key: ${key.missing} is not set`,
        `export ${key.missing}=…${isDefault ? ', or choose another one with model_provider' : ''}`,
      ),
    ]
  }
  if (provider.baseUrl == null) return isDefault ? [ok('provider', `${name} is used`)] : []
  if (context.offline && !isLocal) return [info('provider-not-asked', `${name} was not asked (--offline)`)]
  const answered = await ask(provider.baseUrl, key.value, context)
  const url = provider.baseUrl
  if (answered.status === undefined) {
    if (isLocal && !isDefault) return [info('provider-local-none', `${name} does not run at ${url}`)]
    const action = isLocal ? `start ${provider.name}` : `look whether ${url} is right and can be reached from here`
    return [bad('provider-unreachable', `${name} does not answer at ${url}: ${answered.failure}`, action)]
  }
  if (answered.status === 401 || answered.status === 403) {
    const what = key.from === undefined ? 'a key' : `another key than ${key.from} has`
    return [
      bad('provider-key-refused', `${name} answers ${answered.status} at ${url}: it wants ${what}`, 'correct the key'),
    ]
  }
  const models =
    answered.models === undefined ? '' : ` with ${answered.models} model${answered.models === 1 ? '' : 's'}`
  const used = isDefault ? ' and is used' : ''
  return [ok('provider', `${name} answers at ${url}${models}${used}`)]
}

interface Key {
  /** The variable that is not set. */
  readonly missing?: string
  readonly value?: string
  /** Where the value comes from. */
  readonly from?: string
}

async function keyOf({ settings }: Provider, { client, env, signal }: DoctorContext): Promise<Key> {
  if (settings.type === 'openai') {
    const account = await client.requestRaw('account/read', {}, { signal })
    if (account.ok && account.result.account !== null && account.result.account !== undefined) return {}
    const value = env.OPENAI_API_KEY
    return value ? { value, from: 'OPENAI_API_KEY' } : { missing: 'OPENAI_API_KEY' }
  }
  const { mode, envKey: from } = settings.auth ?? { mode: 'none', envKey: undefined }
  if (mode !== 'environmentVariable' || from == null) return {}
  const value = env[from]
  return value ? { value, from } : { missing: from }
}

interface Answered {
  /** Undefined when nobody answered. */
  readonly status?: number
  readonly models?: number
  readonly failure?: string
}

async function ask(baseUrl: string, key: string | undefined, { signal }: DoctorContext): Promise<Answered> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
      ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    })
    const body: unknown = await response.json().catch(() => undefined)
    const models =
      typeof body === 'object' && body !== null && 'data' in body && Array.isArray(body.data)
        ? body.data.length
        : undefined
    return { status: response.status, ...(models !== undefined && { models }) }
  } catch (error) {
    return { failure: failureWords(error) }
  }
}

function failureWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${answerMs / 1000} s`
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
