import { describe, expect, it } from 'vitest'
import { type ProviderInput, resolveProvider } from '../../src/index.js'

const nobody = { apiKey: () => undefined }

function input(over: Partial<ProviderInput> = {}): ProviderInput {
  return { config: {}, env: {}, auth: nobody, ...over }
}

describe('resolveProvider', () => {
  it('gives OpenAI where nothing is configured, with the reference’s patience', () => {
    const provider = resolveProvider(input())

    expect(provider).toMatchObject({
      id: 'openai',
      name: 'OpenAI',
      baseUrl: 'https://api.openai.com/v1',
      requestMaxRetries: 4,
      streamMaxRetries: 5,
      streamIdleTimeoutMs: 300_000,
      requiresOpenaiAuth: true,
    })
  })

  it('takes the address of OpenAI from the environment, and from the configuration before it', () => {
    const env = { OPENAI_BASE_URL: 'http://proxy.invalid/v1/' }

    expect(resolveProvider(input({ env })).baseUrl).toBe('http://proxy.invalid/v1')
    expect(resolveProvider(input({ env, config: { openai_base_url: 'http://own.invalid/v1' } })).baseUrl).toBe(
      'http://own.invalid/v1',
    )
  })

  it('finds local programs on their ports, and `oss` as the one that is configured', () => {
    expect(resolveProvider(input({ id: 'ollama' })).baseUrl).toBe('http://localhost:11434/v1')
    expect(resolveProvider(input({ id: 'lmstudio' })).baseUrl).toBe('http://localhost:1234/v1')
    expect(resolveProvider(input({ id: 'oss' })).id).toBe('ollama')
    expect(resolveProvider(input({ id: 'oss', config: { oss_provider: 'lmstudio' } })).id).toBe('lmstudio')
    expect(resolveProvider(input({ id: 'ollama', env: { CODEX_OSS_PORT: '9' } })).baseUrl).toBe('http://localhost:9/v1')
  })

  it('reads every key of a provider’s table', () => {
    const config = {
      model_provider: 'mine',
      model_providers: {
        mine: {
          name: 'Mine',
          base_url: 'http://127.0.0.1:9/v1/',
          http_headers: { 'X-Fixed': 'a', 'X-Number': 5 },
          env_http_headers: { 'X-Team': 'TEAM', 'X-Empty': 'EMPTY', 'X-Unset': 'UNSET' },
          query_params: { 'api-version': '1' },
          request_max_retries: 1,
          stream_max_retries: 500,
          stream_idle_timeout_ms: 20,
          wire_api: 'responses',
          env_key: null,
        },
      },
    }

    const provider = resolveProvider(input({ config, env: { TEAM: 'red', EMPTY: '' } }))

    expect(provider).toMatchObject({
      id: 'mine',
      name: 'Mine',
      baseUrl: 'http://127.0.0.1:9/v1',
      headers: { 'X-Fixed': 'a', 'X-Team': 'red' },
      queryParams: { 'api-version': '1' },
      requestMaxRetries: 1,
      streamMaxRetries: 100,
      streamIdleTimeoutMs: 20,
      requiresOpenaiAuth: false,
    })
    expect(Object.keys(provider.headers)).toEqual(['X-Fixed', 'X-Team'])
  })

  it('names what is there where a provider is not', () => {
    expect(() => resolveProvider(input({ id: 'nope' }))).toThrow(
      /^Model provider `nope` not found: add \[model_providers\.nope\], or use one of lmstudio, ollama, openai$/,
    )
    expect(() => resolveProvider(input({ id: 'constructor' }))).toThrow('Model provider `constructor` not found')
  })

  it('refuses what it does not speak, with the key to change', () => {
    const tables = {
      chat: { base_url: 'http://x.invalid', wire_api: 'chat' },
      cloud: { base_url: 'http://x.invalid', aws: {} },
      lost: { name: 'No address' },
    }
    const of = (id: string) => () => resolveProvider(input({ id, config: { model_providers: tables } }))

    expect(of('chat')).toThrow('set model_providers.chat.wire_api')
    expect(of('cloud')).toThrow('signs in by `aws`')
    expect(of('lost')).toThrow('set model_providers.lost.base_url')
  })
})
