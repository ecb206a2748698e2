import { describe, expect, it } from 'vitest'
import { defaultModel, modelFacts, reasoningEfforts } from '../../src/index.js'

describe('modelFacts', () => {
  it('knows families by the longest beginning, with or without an owner before it', () => {
    expect(modelFacts('gpt-5.5')).toMatchObject({ isKnown: true, contextWindow: 272_000, defaultEffort: 'medium' })
    expect(modelFacts('gpt-6.1-sol').defaultEffort).toBe('low')
    expect(modelFacts('openai/gpt-oss-20b')).toMatchObject({ isKnown: true, supportsImages: false })
    expect(reasoningEfforts('gpt-5.5')).toEqual(['low', 'medium', 'high', 'xhigh'])
  })

  it('takes an unknown model for one that works with little', () => {
    expect(modelFacts('my-own-model')).toEqual({
      id: 'my-own-model',
      isKnown: false,
      contextWindow: 272_000,
      defaultEffort: null,
      supportsReasoningSummaries: false,
      supportsParallelToolCalls: false,
      supportsImages: true,
    })
    expect(reasoningEfforts('my-own-model')).toEqual([])
  })

  it('lets the configuration have the last word', () => {
    const facts = modelFacts('gpt-4o', { model_context_window: 1_000, model_supports_reasoning_summaries: true })

    expect(facts).toMatchObject({ contextWindow: 1_000, supportsReasoningSummaries: true })
  })

  it('begins with the configured model, else with one of the provider', () => {
    expect(defaultModel({ model: 'mine' }, 'openai')).toBe('mine')
    expect(defaultModel({}, 'ollama')).toBe('gpt-oss:20b')
    expect(defaultModel({}, 'another')).toBeUndefined()
  })
})
