import type { RateLimitSnapshot, ThreadTokenUsage, TokenUsageBreakdown } from '@gangway/protocol'

type Members = { readonly [member: string]: unknown }

const none: TokenUsageBreakdown = {
  totalTokens: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteInputTokens: 0,
  outputTokens: 0,
  reasoningOutputTokens: 0,
}

/** The `usage` of a response, as the wire spells it; undefined where the server gave none. */
export function usageOf(value: unknown): TokenUsageBreakdown | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const usage = value as Members
  const input = usage.input_tokens_details as Members | undefined
  const output = usage.output_tokens_details as Members | undefined
  const inputTokens = count(usage.input_tokens)
  const outputTokens = count(usage.output_tokens)
  return {
    totalTokens: count(usage.total_tokens) || inputTokens + outputTokens,
    inputTokens,
    cachedInputTokens: count(input?.cached_tokens),
    cacheWriteInputTokens: count(input?.cache_write_tokens),
    outputTokens,
    reasoningOutputTokens: count(output?.reasoning_tokens),
  }
}

/** What a thread has used, after one more response. */
export function addUsage(
  before: ThreadTokenUsage | null,
  last: TokenUsageBreakdown,
  modelContextWindow: number,
): ThreadTokenUsage {
  const total = before?.total ?? none
  return {
    total: {
      totalTokens: total.totalTokens + last.totalTokens,
      inputTokens: total.inputTokens + last.inputTokens,
      cachedInputTokens: total.cachedInputTokens + last.cachedInputTokens,
      cacheWriteInputTokens: (total.cacheWriteInputTokens ?? 0) + (last.cacheWriteInputTokens ?? 0),
      outputTokens: total.outputTokens + last.outputTokens,
      reasoningOutputTokens: total.reasoningOutputTokens + last.reasoningOutputTokens,
    },
    last,
    modelContextWindow,
  }
}

/** What a thread has used once the server said that the window is full. Source: reference 0.169.0. */
export function fullUsage(before: ThreadTokenUsage | null, window: number): ThreadTokenUsage {
  return {
    total: { ...none, totalTokens: Math.max(window, before?.total.totalTokens ?? 0) },
    last: { ...none, totalTokens: window },
    modelContextWindow: window,
  }
}

/** What stands for the last response when the history was replaced: a guess of its size. */
export function estimatedUsage(before: ThreadTokenUsage | null, tokens: number, window: number): ThreadTokenUsage {
  return { total: before?.total ?? none, last: { ...none, totalTokens: tokens }, modelContextWindow: window }
}

/** The payload of a `token_count` event. */
export function tokenCount(usage: ThreadTokenUsage): Members {
  const info = {
    total_token_usage: snakeUsage(usage.total),
    last_token_usage: snakeUsage(usage.last),
    model_context_window: usage.modelContextWindow ?? null,
  }
  return { type: 'token_count', info, rate_limits: null }
}

/** The same, read back. */
export function readTokenCount(payload: Members): ThreadTokenUsage | undefined {
  const info = payload.info as Members | null | undefined
  if (!info) return undefined
  return {
    total: camelUsage(info.total_token_usage),
    last: camelUsage(info.last_token_usage),
    modelContextWindow: typeof info.model_context_window === 'number' ? info.model_context_window : null,
  }
}

/** The vendor's limits from the headers of a response; a snapshot of nothing where there are none. */
export function rateLimits(header: (name: string) => string | null): RateLimitSnapshot {
  return {
    limitId: 'codex',
    limitName: null,
    normalModelSlug: null,
    primary: limitWindow(header, 'primary'),
    secondary: limitWindow(header, 'secondary'),
    credits: null,
    individualLimit: null,
    spendControlReached: null,
    planType: null,
    rateLimitReachedType: null,
  }
}

function limitWindow(header: (name: string) => string | null, name: 'primary' | 'secondary') {
  const used = header(`x-codex-${name}-used-percent`)
  if (used === null || !Number.isFinite(Number(used))) return null
  const minutes = Number(header(`x-codex-${name}-window-minutes`) ?? Number.NaN)
  const resetAt = Number(header(`x-codex-${name}-reset-at`) ?? Number.NaN)
  return {
    usedPercent: Number(used),
    windowDurationMins: Number.isFinite(minutes) ? minutes : null,
    resetsAt: Number.isFinite(resetAt) ? resetAt : null,
  }
}

function snakeUsage(usage: TokenUsageBreakdown): Members {
  return {
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    cache_write_input_tokens: usage.cacheWriteInputTokens ?? 0,
    output_tokens: usage.outputTokens,
    reasoning_output_tokens: usage.reasoningOutputTokens,
    total_tokens: usage.totalTokens,
  }
}

function camelUsage(value: unknown): TokenUsageBreakdown {
  const usage = (typeof value === 'object' && value !== null ? value : {}) as Members
  return {
    totalTokens: count(usage.total_tokens),
    inputTokens: count(usage.input_tokens),
    cachedInputTokens: count(usage.cached_input_tokens),
    cacheWriteInputTokens: count(usage.cache_write_input_tokens),
    outputTokens: count(usage.output_tokens),
    reasoningOutputTokens: count(usage.reasoning_output_tokens),
  }
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
