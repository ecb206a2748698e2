import type { RequestHandle } from '@gangway/client'
import type { ThreadStartParams } from '@gangway/protocol'
import type { ExecRequest } from './exec-request.js'

/** Providers on this machine, and the model each is asked for by default. Source: reference 0.169.0. */
const localModels: ReadonlyMap<string, string> = new Map([
  ['ollama', 'gpt-oss:20b'],
  ['lmstudio', 'openai/gpt-oss-20b'],
])

/**
 * What `--oss` and `--local-provider` say of the model; nothing without them.
 *
 * @throws Error when nobody says which provider; it names the ways to say it
 */
export async function localModel(
  server: RequestHandle,
  { oss, localProvider, model }: Pick<ExecRequest, 'oss' | 'localProvider' | 'model'>,
): Promise<Pick<ThreadStartParams, 'model' | 'modelProvider'>> {
  if (!oss && localProvider === undefined) return {}
  const provider = localProvider ?? (await configured(server))
  if (provider === undefined) {
    const names = [...localModels.keys()].join(' or ')
    throw new Error(`--oss: which provider? Give --local-provider ${names}, or set oss_provider in config.toml`)
  }
  const usual = localModels.get(provider)
  return { modelProvider: provider, ...(model === undefined && usual !== undefined && { model: usual }) }
}

async function configured(server: RequestHandle): Promise<string | undefined> {
  const { config } = await server.request('config/read', { includeLayers: false })
  const { oss_provider: provider } = config as { readonly oss_provider?: unknown }
  return typeof provider === 'string' ? provider : undefined
}
