import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

interface Listed {
  readonly data: readonly {
    id: string
    isDefault: boolean
    hidden: boolean
    upgrade: unknown
    availabilityNux: unknown
  }[]
  readonly nextCursor: string | null
}

/** A provider of models that only says which it has. */
async function provider(answer: object | null) {
  const server = createServer((_request, response) => {
    response.statusCode = answer === null ? 404 : 200
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    toml: `model_provider = "mine"\n[model_providers.mine]\nname = "Mine"\nbase_url = "http://127.0.0.1:${port}/v1"\n`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('model/list', () => {
  it('has OpenAI’s models where nothing is configured, with one to begin with', async () => {
    await using client = await introduced()

    const { data, nextCursor } = (await client.request('model/list', {})) as Listed

    expect(data.filter(({ isDefault }) => isDefault)).toEqual([data[0]])
    expect(data.map(({ id }) => id)).toContain('gpt-5.5')
    expect(data.every(({ upgrade, availabilityNux }) => upgrade === null && availabilityNux === null)).toBe(true)
    expect(nextCursor).toBeNull()
  })

  it('asks the provider, hides what is not for conversations, and puts the configured model first', async () => {
    await using models = await provider({ data: [{ id: 'b-chat' }, { id: 'a-chat' }, { id: 'text-embed-1' }] })
    await using client = await introduced()
    writeFileSync(join(client.home.codexHome, 'config.toml'), `model = "mine-own"\n${models.toml}`)
    const ids = async (params: object) =>
      ((await client.request('model/list', params)) as Listed).data.map(({ id }) => id)

    expect(await ids({})).toEqual(['mine-own', 'a-chat', 'b-chat'])
    expect(await ids({ includeHidden: true })).toEqual(['mine-own', 'a-chat', 'b-chat', 'text-embed-1'])
  })

  it('has a model to begin with where the provider gives no list', async () => {
    await using models = await provider(null)
    await using client = await introduced({ CODEX_OSS_BASE_URL: 'http://127.0.0.1:1/v1' })
    writeFileSync(join(client.home.codexHome, 'config.toml'), `model = "mine-own"\n${models.toml}`)

    expect(((await client.request('model/list', {})) as Listed).data[0]).toMatchObject({
      id: 'mine-own',
      isDefault: true,
    })
    expect(await client.request('model/list', { modelProvider: 'ollama' })).toMatchObject({
      data: [{ id: 'gpt-oss:20b', isDefault: true }],
    })
  })

  it('comes in pieces', async () => {
    await using client = await introduced()
    const first = (await client.request('model/list', { limit: 2 })) as Listed

    expect(first.data).toHaveLength(2)
    expect(first.nextCursor).toBe('2')
    await expect(client.request('model/list', { cursor: 'abc' })).rejects.toThrow('invalid cursor: abc')
    await expect(client.request('model/list', { cursor: '999' })).rejects.toThrow('cursor 999 exceeds total models')
  })
})

describe('what a client may choose from', () => {
  it('names providers, and how each is signed in to', async () => {
    await using client = await introduced()
    const toml = '[model_providers.keyed]\nname = "Keyed"\nbase_url = "http://x.invalid"\nenv_key = "MY_KEY"\n'
    writeFileSync(join(client.home.codexHome, 'config.toml'), toml)

    expect(await client.request('modelProvider/list', {})).toMatchObject({
      defaultProviderId: 'openai',
      data: expect.arrayContaining([
        expect.objectContaining({
          id: 'keyed',
          canEdit: true,
          settings: { type: 'customGateway', auth: { mode: 'environmentVariable', envKey: 'MY_KEY' } },
        }),
      ]),
    })
  })

  it('names permission profiles, the built-in ones first', async () => {
    await using client = await introduced()
    const toml = 'default_permissions = ":workspace"\n[permissions.mine]\ndescription = "My own"\n'
    writeFileSync(join(client.home.codexHome, 'config.toml'), toml)

    expect(await client.request('permissionProfile/list', {})).toEqual({
      data: [
        { id: ':read-only', description: null, allowed: true },
        { id: ':workspace', description: null, allowed: true },
        { id: ':danger-full-access', description: null, allowed: true },
        { id: 'mine', description: 'My own', allowed: true },
      ],
      nextCursor: null,
    })
  })

  it('switches features that are known, and leaves out those that are not', async () => {
    await using client = await introduced()

    expect(
      await client.request('experimentalFeature/enablement/set', { enablement: { memories: true, nope: true } }),
    ).toEqual({ enablement: { memories: true } })
    expect(await client.request('experimentalFeature/list', {})).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ name: 'memories', enabled: true })]),
    })
  })
})
