import { expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

it('says of a provider that it has no gateway to sign in at, as clients want to know before they start', async () => {
  await using client = await introduced()

  expect(await client.request('account/gatewayOAuth/read')).toEqual({
    providerId: 'openai',
    providerName: 'OpenAI',
    required: false,
    supportsDeviceAuth: false,
    status: null,
    error: null,
  })
  expect(await client.request('account/gatewayOAuth/cancel')).toEqual({})
  await expect(client.request('account/gatewayOAuth/login')).rejects.toMatchObject({
    code: -32600,
    message: 'The selected provider does not use gateway OAuth',
  })
  await expect(client.request('account/gatewayOAuth/read', { modelProvider: 'gone' })).rejects.toMatchObject({
    code: -32600,
    message: expect.stringContaining('gone') as string,
  })
})
