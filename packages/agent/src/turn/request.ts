import type { Config, ResponseItem } from '@gangway/protocol'
import type { ModelRequest } from '../model/model-client.js'
import type { ModelFacts } from '../model/provider.js'
import type { ThreadSettings } from '../thread-settings.js'
import type { Tool } from '../tools/tool.js'

/** All that one request is made from. */
export interface RequestInput {
  readonly threadId: string
  readonly turnId: string
  readonly kind: 'turn' | 'compaction' | 'review'
  readonly settings: ThreadSettings
  readonly config: Config
  readonly facts: ModelFacts
  /** The first words. */
  readonly instructions: string
  readonly history: readonly ResponseItem[]
  readonly tools: readonly Tool[]
  readonly outputSchema: unknown
  readonly originator: string
  readonly version: string
}

/** A request to the Responses API. Source: reference 0.169.0, for the members that servers see. */
export function modelRequest(input: RequestInput): ModelRequest {
  const { threadId, turnId, settings, facts, originator } = input
  const metadata = { thread_id: threadId, session_id: threadId, turn_id: turnId, request_kind: input.kind }
  const reasoning = reasoningOf(settings, facts)
  const specs = input.tools.flatMap(({ spec }) => (spec === null ? [] : [spec]))
  const first = { type: 'message', role: 'developer', content: [{ type: 'input_text', text: input.instructions }] }
  const text = textOf(input)
  return {
    headers: {
      originator,
      'session-id': threadId,
      'thread-id': threadId,
      'user-agent': `${originator}/${input.version} (${process.platform}; ${process.arch})`,
      'x-codex-turn-metadata': JSON.stringify(metadata),
    },
    body: {
      model: settings.model,
      stream: true,
      store: false,
      input: [first, ...input.history],
      ...(specs.length === 0
        ? {}
        : { tools: specs, tool_choice: 'auto', parallel_tool_calls: facts.supportsParallelToolCalls }),
      ...(reasoning === undefined ? {} : { reasoning }),
      include: reasoning === undefined ? [] : ['reasoning.encrypted_content'],
      prompt_cache_key: threadId,
      ...(text === undefined ? {} : { text }),
      ...(settings.serviceTier ? { service_tier: settings.serviceTier } : {}),
      client_metadata: metadata,
    },
  }
}

function reasoningOf(settings: ThreadSettings, facts: ModelFacts): object | undefined {
  const effort = settings.effort ?? facts.defaultEffort
  const summary = facts.supportsReasoningSummaries && settings.summary !== 'none' ? (settings.summary ?? null) : null
  if (!effort && summary === null) return undefined
  return { ...(effort ? { effort } : {}), ...(summary === null ? {} : { summary }) }
}

function textOf({ outputSchema, config }: RequestInput): object | undefined {
  const verbosity = config.model_verbosity ? { verbosity: config.model_verbosity } : {}
  if (outputSchema === undefined || outputSchema === null) {
    return config.model_verbosity ? verbosity : undefined
  }
  const format = { type: 'json_schema', strict: true, name: 'codex_output_schema', schema: outputSchema }
  return { ...verbosity, format }
}
