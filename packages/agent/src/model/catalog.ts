import type { ModelFacts } from './provider.js'

/** What holds for all models whose name begins so. The longest beginning counts. */
interface ModelFamily {
  readonly prefix: string
  /** Tokens. */
  readonly contextWindow: number
  /** Degrees of thinking, from the least; empty: it does not think, or not by degrees. */
  readonly efforts: readonly string[]
  readonly defaultEffort: string | null
  readonly images: boolean
  readonly parallel: boolean
}

/** What a model that nobody has told us of is taken for. Source: reference 0.169.0, window of an unknown model. */
const unknownWindow = 272_000

const four = ['low', 'medium', 'high', 'xhigh'] as const
const six = [...four, 'max', 'ultra'] as const

/** Facts of the vendors about their models. Windows are what a request may hold, without the answer. */
const families: readonly ModelFamily[] = [
  thinking('gpt-6.1', 272_000, six, 'low'),
  thinking('gpt-6-astra', 272_000, six, 'low'),
  thinking('gpt-6-luna', 272_000, six.slice(0, 5), 'medium'),
  thinking('gpt-6', 272_000, six, 'medium'),
  thinking('gpt-5.6-luna', 272_000, six.slice(0, 5), 'medium'),
  thinking('gpt-5.6-sol', 272_000, six, 'low'),
  thinking('gpt-5.6', 272_000, six, 'medium'),
  thinking('gpt-5', 272_000, four.slice(0, 3), 'medium'),
  thinking('gpt-5.2', 272_000, four, 'medium'),
  thinking('gpt-5.4', 272_000, four, 'medium'),
  thinking('gpt-5.5', 272_000, four, 'medium'),
  thinking('gpt-oss', 96_000, four.slice(0, 3), 'medium', { images: false, parallel: false }),
  thinking('o3', 200_000, four.slice(0, 3), 'medium', { parallel: false }),
  thinking('o4-mini', 200_000, four.slice(0, 3), 'medium', { parallel: false }),
  thinking('codex-mini-latest', 200_000, four.slice(0, 3), 'medium', { parallel: false }),
  plain('gpt-4.1', 1_047_576, true),
  plain('gpt-4o', 128_000, true),
  plain('qwen3', 32_768, false),
  plain('qwen2.5', 32_768, false),
  plain('llama3', 131_072, false),
  plain('mistral', 32_768, false),
  plain('devstral', 131_072, false),
  plain('deepseek', 65_536, false),
]

/** A model's name without what stands before its last slash: `openai/gpt-oss-20b` is a `gpt-oss`. */
function familyOf(model: string): ModelFamily | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  return families
    .filter(({ prefix }) => name.startsWith(prefix))
    .reduce<ModelFamily | undefined>(
      (best, family) => (best === undefined || family.prefix.length > best.prefix.length ? family : best),
      undefined,
    )
}

/**
 * What is known of a model, with what the configuration says over it: `model_context_window`,
 * `model_supports_reasoning_summaries`, `model_reasoning_effort` (as the effort to begin with).
 *
 * A model that is not known gets what works with most. Touches no disk.
 */
export function modelFacts(model: string, config: Readonly<Record<string, unknown>> = {}): ModelFacts {
  const family = familyOf(model)
  const window = config.model_context_window
  const summaries = config.model_supports_reasoning_summaries
  return {
    id: model,
    isKnown: family !== undefined,
    contextWindow: typeof window === 'number' && window > 0 ? window : (family?.contextWindow ?? unknownWindow),
    defaultEffort: family?.defaultEffort ?? null,
    supportsReasoningSummaries: typeof summaries === 'boolean' ? summaries : (family?.efforts.length ?? 0) > 0,
    supportsParallelToolCalls: family?.parallel ?? false,
    supportsImages: family?.images ?? true,
  }
}

/** Degrees of thinking that a model knows, from the least. Empty where it knows none, or nothing is known of it. */
export function reasoningEfforts(model: string): readonly string[] {
  return familyOf(model)?.efforts ?? []
}

/** The model that the configuration names for this provider, else the one to begin with; undefined: ask the provider. */
export function defaultModel(config: Readonly<Record<string, unknown>>, providerId: string): string | undefined {
  if (typeof config.model === 'string' && config.model !== '') return config.model
  return providerId === 'openai' ? openaiModels[0] : localDefaults[providerId]
}

/** Models of OpenAI that can be chosen without asking for the list, the one to begin with first. */
export const openaiModels: readonly string[] = [
  'gpt-6.1-sol',
  'gpt-6-astra',
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-6.1-terra',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
  'gpt-5.6-luna',
  'gpt-5.5',
]

/** The model that a local program is asked for when none is named. Source: reference 0.169.0. */
const localDefaults: Readonly<Record<string, string>> = { ollama: 'gpt-oss:20b', lmstudio: 'openai/gpt-oss-20b' }

function thinking(
  prefix: string,
  contextWindow: number,
  efforts: readonly string[],
  defaultEffort: string,
  { images = true, parallel = true } = {},
): ModelFamily {
  return { prefix, contextWindow, efforts, defaultEffort, images, parallel }
}

function plain(prefix: string, contextWindow: number, images: boolean): ModelFamily {
  return { prefix, contextWindow, efforts: [], defaultEffort: null, images, parallel: true }
}
