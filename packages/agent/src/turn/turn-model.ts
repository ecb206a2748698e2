import { modelFacts } from '../model/catalog.js'
import { resolveProvider } from '../model/providers.js'
import { responsesClient } from '../model/responses.js'
import { signInOf } from '../model/sign-in.js'
import type { TurnModel } from '../thread-core.js'
import type { ThreadHost } from '../thread-host.js'
import type { ThreadSettings } from '../thread-settings.js'

/** The model that a turn with these settings asks. @throws RpcError where it is known beforehand that it cannot be asked */
export async function turnModel(host: ThreadHost, settings: ThreadSettings): Promise<TurnModel> {
  const config = await host.readConfig(settings.cwd)
  const auth = signInOf(host.layout)
  const provider = resolveProvider({ config, env: host.env, auth, id: settings.modelProvider })
  await provider.apiKey()
  return { provider, client: responsesClient(provider), facts: modelFacts(settings.model, config), config }
}
