import type { RequestHandle } from '@gangway/client'

/** A model of a program on this machine. */
export interface LocalModel {
  /** The id of the built-in provider. */
  readonly provider: 'ollama' | 'lmstudio'
  readonly program: string
  readonly model: string
}

/** What there is to talk to. */
export interface FoundModels {
  /** Why a model can be reached without anything being done; undefined when none can. */
  readonly usable: 'configured' | 'signed in' | 'CODEX_API_KEY' | 'OPENAI_API_KEY' | undefined
  /** Only looked for when nothing is usable. */
  readonly local: readonly LocalModel[]
}

/** Programs that serve models here, and where they listen by default. */
const localPrograms = [
  { provider: 'ollama', program: 'Ollama', url: 'http://localhost:11434/v1/models' },
  { provider: 'lmstudio', program: 'LM Studio', url: 'http://localhost:1234/v1/models' },
] as const

/** Milliseconds for a program on this machine to say which models it has. */
const probeMs = 600

/** Models of one program that are offered. */
const maxModels = 4

/**
 * Looks what model could answer: what the configuration names, a key, or a program on this machine.
 *
 * @param fetchModels asks a program; tests pass their own
 */
export async function findModels(
  server: RequestHandle,
  env: { readonly [name: string]: string | undefined },
  fetchModels: (url: string) => Promise<unknown> = fetchJson,
): Promise<FoundModels> {
  const { config } = await server.request('config/read', { includeLayers: false })
  if ((config as { readonly model_provider?: unknown }).model_provider != null)
    return { usable: 'configured', local: [] }
  for (const name of ['CODEX_API_KEY', 'OPENAI_API_KEY'] as const) if (env[name]) return { usable: name, local: [] }
  const { account } = await server.request('account/read', { refreshToken: false })
  if (account != null) return { usable: 'signed in', local: [] }
  const local = await Promise.all(
    localPrograms.map(async ({ provider, program, url }) => {
      const models = modelIds(await fetchModels(url).catch(() => undefined))
      return models.slice(0, maxModels).map((model): LocalModel => ({ provider, program, model }))
    }),
  )
  return { usable: undefined, local: local.flat() }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(probeMs) })
  return response.ok ? response.json() : undefined
}

function modelIds(answer: unknown): readonly string[] {
  const { data } = (answer ?? {}) as { readonly data?: readonly { readonly id?: unknown }[] }
  const ids = Array.isArray(data) ? data.map(({ id }: { readonly id?: unknown }) => id) : []
  return ids.filter((id): id is string => typeof id === 'string' && !/embed/i.test(id))
}
