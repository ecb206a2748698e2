import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

describe('account', () => {
  it('asks for no sign-in where the provider wants none', async () => {
    await using client = await introduced()
    writeFileSync(
      join(client.home.codexHome, 'config.toml'),
      'model_provider = "mine"\n[model_providers.mine]\nname = "Mine"\nbase_url = "http://127.0.0.1:9/v1"\n',
    )

    expect(await client.request('account/read', {})).toEqual({
      account: null,
      userId: null,
      requiresOpenaiAuth: false,
      workspaceRouting: null,
    })
    expect(await client.request('getAuthStatus', {})).toEqual({
      authMethod: null,
      authToken: null,
      requiresOpenaiAuth: false,
    })
  })

  it('signs in with a key that only its owner may read, tells of it, and signs out', async () => {
    await using client = await introduced()
    const file = join(client.home.codexHome, 'auth.json')
    expect(await client.request('account/read', {})).toMatchObject({ account: null, requiresOpenaiAuth: true })

    expect(await client.request('account/login/start', { type: 'apiKey', apiKey: ' sk-test ' })).toEqual({
      type: 'apiKey',
    })

    expect((await client.events.next('account/login/completed')).params).toMatchObject({ success: true, error: null })
    expect((await client.events.next('account/updated')).params).toEqual({ authMode: 'apikey', planType: null })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ auth_mode: 'apikey', OPENAI_API_KEY: 'sk-test' })
    expect(await client.request('account/read', {})).toMatchObject({ account: { type: 'apiKey' } })
    expect(await client.request('getAuthStatus', { includeToken: true })).toMatchObject({
      authMethod: 'apikey',
      authToken: 'sk-test',
    })

    expect(await client.request('account/logout')).toEqual({})
    expect((await client.events.next('account/updated', 2)).params).toEqual({ authMode: null, planType: null })
    expect(await client.request('account/read', {})).toMatchObject({ account: null })
  })

  it('takes the key of the environment for an account', async () => {
    await using client = await introduced({ OPENAI_API_KEY: 'sk-env' })

    expect(await client.request('account/read', {})).toMatchObject({ account: { type: 'apiKey' } })
  })

  it('refuses what only the vendor’s cloud can do, and says so', async () => {
    await using client = await introduced()

    await expect(client.request('account/login/start', { type: 'chatgpt' })).rejects.toMatchObject({
      code: -32600,
      message: expect.stringContaining('use type apiKey'),
    })
    await expect(client.request('account/login/start', { type: 'apiKey', apiKey: ' ' })).rejects.toMatchObject({
      code: -32600,
    })
    await expect(client.request('account/rateLimits/read')).rejects.toMatchObject({ code: -32600 })
    await expect(client.request('account/login/cancel', { loginId: 'x' })).rejects.toThrow('invalid login id: x')
    expect(await client.request('account/bedrock/checkGovCloudRequirements', {})).toEqual({
      isGovCloud: false,
      shouldWarn: false,
    })
  })
})
