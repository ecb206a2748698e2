import type { ThreadTokenUsage } from '@gangway/protocol'

/** Tokens by kind. */
export type Tokens = ThreadTokenUsage['total']

/** None of any kind. */
export const noTokens: Tokens = {
  totalTokens: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteInputTokens: 0,
  outputTokens: 0,
  reasoningOutputTokens: 0,
}

/** What came from `before` to `after`; never less than nothing. */
export function tokensBetween(before: Tokens, after: Tokens): Tokens {
  const more = (left: number | undefined, right: number | undefined) => Math.max(0, (right ?? 0) - (left ?? 0))
  return {
    totalTokens: more(before.totalTokens, after.totalTokens),
    inputTokens: more(before.inputTokens, after.inputTokens),
    cachedInputTokens: more(before.cachedInputTokens, after.cachedInputTokens),
    cacheWriteInputTokens: more(before.cacheWriteInputTokens, after.cacheWriteInputTokens),
    outputTokens: more(before.outputTokens, after.outputTokens),
    reasoningOutputTokens: more(before.reasoningOutputTokens, after.reasoningOutputTokens),
  }
}

/** Tokens as `exec --json` spells them. Source: reference 0.169.0. */
export function jsonlUsage(tokens: Tokens): { readonly [kind: string]: number } {
  return {
    input_tokens: tokens.inputTokens,
    cached_input_tokens: tokens.cachedInputTokens,
    cache_write_input_tokens: tokens.cacheWriteInputTokens ?? 0,
    output_tokens: tokens.outputTokens,
    reasoning_output_tokens: tokens.reasoningOutputTokens,
  }
}
