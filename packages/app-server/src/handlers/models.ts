import type { ModelProvider } from '@gangway/agent'
import type { ModelListResponse, ModelProviderListResponse } from '@gangway/protocol'
import type { Handlers, ServerContext } from '../handler.js'
import { modelEntry } from '../models/model-entry.js'
import { ServedModels } from '../models/served-models.js'
import { pageOf } from '../page-of.js'
import { agent } from './agent.js'
import { readConfig, readFailure } from './config-view.js'

type Config = Readonly<Record<string, unknown>>
type Summary = ModelProviderListResponse['data'][number]

/** Models and their providers, as the configuration says and as the providers answer. */
export function modelHandlers(server: ServerContext): Handlers {
  const served = new ServedModels()

  return {
    async 'model/list'({ cursor, limit, includeHidden, modelProvider }) {
      const models = await modelsOf(server, served, modelProvider ?? null)
      const shown = models.filter((model) => includeHidden === true || !model.hidden)
      return pageOf(shown, { cursor, limit }, 'models')
    },

    async 'modelProvider/list'() {
      const config = await configOf(server)
      const { defaultProviderId, providerTables } = await agent()
      const data = [...providerTables(config, server.env)].map(([id, table]) => summaryOf(id, table))
      return { data, defaultProviderId: defaultProviderId(config), canChangeDefault: true }
    },

    // What the provider's own tools can do: none of them is offered to models.
    'modelProvider/capabilities/read'() {
      return { imageGeneration: false, webSearch: false }
    },
  }
}

async function modelsOf(
  server: ServerContext,
  served: ServedModels,
  providerId: string | null,
): Promise<ModelListResponse['data']> {
  const config = await configOf(server)
  const { defaultModel, modelFacts, reasoningEfforts, resolveProvider, signInOf } = await agent()
  const provider = resolveProvider({ config, env: server.env, auth: signInOf(server.layout), id: providerId })
  const known = await knownModels(provider, served)
  const first = [providerId === null ? config.model : undefined, defaultModel({}, provider.id), known[0]]
  const chosen = first.find((id): id is string => typeof id === 'string' && id !== '') ?? 'default'
  return [...new Set(known.includes(chosen) ? known : [chosen, ...known])].map((id) => {
    const facts = modelFacts(id, id === config.model ? config : {})
    return modelEntry({
      id,
      providerName: provider.name,
      isDefault: id === chosen,
      efforts: reasoningEfforts(id),
      defaultEffort: facts.defaultEffort,
      takesImages: facts.supportsImages,
    })
  })
}

/** OpenAI's are known; others are asked. Where one gives no list it is likely a gateway to OpenAI's. */
async function knownModels(provider: ModelProvider, served: ServedModels): Promise<readonly string[]> {
  const { openaiModels } = await agent()
  if (provider.requiresOpenaiAuth) return openaiModels
  const answered = await served.of(provider)
  if (answered !== undefined && answered.length > 0) return answered
  return provider.id === 'ollama' || provider.id === 'lmstudio' ? [] : openaiModels
}

async function configOf(server: ServerContext): Promise<Config> {
  try {
    return (await readConfig(server, null)).config
  } catch (error) {
    throw await readFailure(error, 'load configuration')
  }
}

// Source: reference 0.169.0, what it says of each kind of provider.
function summaryOf(id: string, table: Config): Summary {
  const name = typeof table.name === 'string' ? table.name : id
  const baseUrl = typeof table.base_url === 'string' ? table.base_url : null
  if (id === 'openai') return { id, name, canEdit: false, baseUrl, settings: { type: 'openai' } }
  const canEdit = id !== 'ollama' && id !== 'lmstudio'
  return { id, name, canEdit, baseUrl, settings: { type: 'customGateway', auth: authOf(table) } }
}

function authOf(table: Config): Extract<Summary['settings'], { type: 'customGateway' }>['auth'] {
  if (typeof table.env_key === 'string') return { mode: 'environmentVariable', envKey: table.env_key }
  const isElsewhere = table.auth !== undefined || table.experimental_bearer_token !== undefined
  return isElsewhere ? { mode: 'externallyConfigured', envKey: null } : { mode: 'none' }
}
