import type { Handlers, ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { agent } from './agent.js'
import { readConfig, readFailure } from './config-view.js'

/**
 * Signing in at a gateway of the person's organisation. No provider that we serve has one; clients ask all the same,
 * and end when they are refused.
 *
 * Source: reference 0.169.0, its answers for providers without a gateway.
 */
export function gatewaySignInHandlers(server: ServerContext): Handlers {
  return {
    async 'account/gatewayOAuth/read'(params) {
      const config = await readConfig(server, null).catch(async (error: unknown) => {
        throw await readFailure(error, 'load configuration')
      })
      const { resolveProvider, signInOf } = await agent()
      const auth = signInOf(server.layout)
      const { id, name } = resolveProvider({ config: config.config, env: server.env, auth, id: params?.modelProvider })
      return {
        providerId: id,
        providerName: name,
        required: false,
        supportsDeviceAuth: false,
        status: null,
        error: null,
      }
    },

    'account/gatewayOAuth/login'() {
      throw invalidRequest('The selected provider does not use gateway OAuth')
    },

    'account/gatewayOAuth/cancel': () => ({}),
  }
}
