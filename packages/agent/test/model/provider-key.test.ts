import { describe, expect, it } from 'vitest'
import { type ProviderInput, resolveProvider } from '../../src/index.js'

const nobody = { apiKey: () => undefined }
const base_url = 'http://127.0.0.1:9/v1'

function provider(table: Record<string, unknown> | undefined, over: Partial<ProviderInput> = {}) {
  const config =
    table === undefined ? {} : { model_provider: 'mine', model_providers: { mine: { base_url, ...table } } }
  return resolveProvider({ config, env: {}, auth: nobody, ...over })
}

describe('the key of a provider', () => {
  it('is what its variable holds at the moment', async () => {
    const env: Record<string, string> = { MY_KEY: 'first' }
    const mine = provider({ env_key: 'MY_KEY' }, { env })

    expect(await mine.apiKey()).toBe('first')
    env.MY_KEY = 'second'
    expect(await mine.apiKey()).toBe('second')
  })

  it('names the variable that is missing, and how to get a key', async () => {
    const mine = provider({ env_key: 'MY_KEY', env_key_instructions: 'Ask at the desk.' })

    await expect(mine.apiKey()).rejects.toThrow('Missing environment variable: `MY_KEY`. Ask at the desk.')
  })

  it('is none where none is asked for', async () => {
    expect(await provider({}).apiKey()).toBeUndefined()
  })

  it('is the written one, else the one signed in with, else that of the environment', async () => {
    const auth = { apiKey: () => 'signed-in' }
    const env = { OPENAI_API_KEY: 'of-env', PATH: process.env.PATH }

    expect(await provider({ experimental_bearer_token: 'written' }, { auth, env }).apiKey()).toBe('written')
    expect(await provider(undefined, { auth, env }).apiKey()).toBe('signed-in')
    expect(await provider(undefined, { env }).apiKey()).toBe('of-env')
  })

  it('says how to get one where OpenAI has none', async () => {
    await expect(provider(undefined).apiKey()).rejects.toThrow(
      'No key for model provider `openai`: set OPENAI_API_KEY, or sign in with a key (account/login/start)',
    )
  })
})
