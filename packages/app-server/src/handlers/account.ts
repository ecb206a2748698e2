import type { AccountUpdatedNotification } from '@gangway/protocol'
import { AnswerThen, type Handlers, type ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { agent } from './agent.js'
import { readConfig, readFailure } from './config-view.js'

type Config = Readonly<Record<string, unknown>>

/** Who pays for the model: a key that somebody signed in with, or that of the environment. Nothing leaves the machine. */
export function accountHandlers(server: ServerContext): Handlers {
  function tell(authMode: AccountUpdatedNotification['authMode']) {
    return server.broadcast('account/updated', { authMode, planType: null })
  }

  return {
    async 'account/read'() {
      const { requiresOpenaiAuth, key } = await accountOf(server)
      const account = requiresOpenaiAuth && key !== undefined ? { type: 'apiKey' as const } : null
      return { account, userId: null, requiresOpenaiAuth, workspaceRouting: null }
    },

    async getAuthStatus({ includeToken }) {
      const { requiresOpenaiAuth, key } = await accountOf(server)
      if (!requiresOpenaiAuth || key === undefined) return { authMethod: null, authToken: null, requiresOpenaiAuth }
      return { authMethod: 'apikey', authToken: includeToken === true ? key : null, requiresOpenaiAuth }
    },

    async 'account/login/start'(params) {
      if (params.type !== 'apiKey') {
        throw invalidRequest(
          `account/login/start with type ${params.type} is not supported: it needs the vendor’s cloud; use type apiKey`,
        )
      }
      const apiKey = params.apiKey.trim()
      if (apiKey === '') throw invalidRequest('account/login/start: apiKey must not be empty')
      if ((await configOf(server)).forced_login_method === 'chatgpt') {
        throw invalidRequest('API key login is disabled: forced_login_method is "chatgpt"')
      }
      const { storeApiKey } = await import('@gangway/home')
      storeApiKey(server.layout, apiKey)
      return new AnswerThen({ type: 'apiKey' as const }, async () => {
        await server.broadcast('account/login/completed', {
          loginId: null,
          success: true,
          error: null,
          onboardingEntrypoint: null,
        })
        await tell('apikey')
      })
    },

    // A sign-in with a key is over before it can be taken back.
    'account/login/cancel'({ loginId }) {
      if (!isUuid(loginId)) throw invalidRequest(`invalid login id: ${loginId}`)
      return { status: 'notFound' }
    },

    async 'account/logout'() {
      const { removeStoredAuth } = await import('@gangway/home')
      removeStoredAuth(server.layout)
      return new AnswerThen({}, () => tell(null))
    },

    // Asked at every start of the reference's terminal program. We have no provider of that kind.
    'account/bedrock/checkGovCloudRequirements'() {
      return { isGovCloud: false, shouldWarn: false }
    },
  }
}

/** Whether the model's provider wants a sign-in, and the key that would be sent, if there is one. */
async function accountOf(server: ServerContext): Promise<{ requiresOpenaiAuth: boolean; key: string | undefined }> {
  const config = await configOf(server)
  const { defaultProviderId, providerTables, resolveProvider, signInOf } = await agent()
  const table = providerTables(config, server.env).get(defaultProviderId(config))
  if (table?.requires_openai_auth !== true) return { requiresOpenaiAuth: false, key: undefined }
  const provider = resolveProvider({ config, env: server.env, auth: signInOf(server.layout) })
  return { requiresOpenaiAuth: true, key: await provider.apiKey().catch(() => undefined) }
}

async function configOf(server: ServerContext): Promise<Config> {
  try {
    return (await readConfig(server, null)).config
  } catch (error) {
    throw await readFailure(error, 'load configuration')
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
