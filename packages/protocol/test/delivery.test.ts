import { describe, expect, it } from 'vitest'
import { coalescingKeyOf, deliveryClassOf, deltaRuleOf } from '../src/delivery.js'
import { serverNotifications } from '../src/methods/server-notifications.js'

const methods = Object.keys(serverNotifications)

describe('delivery classes', () => {
  it('promise these fifteen notifications to every living consumer', () => {
    expect(methods.filter((method) => deliveryClassOf(method) === 'lossless')).toEqual([
      'error',
      'thread/started',
      'thread/status/changed',
      'thread/settings/updated',
      'turn/started',
      'turn/completed',
      'item/started',
      'item/completed',
      'item/agentMessage/delta',
      'item/plan/delta',
      'serverRequest/resolved',
      'externalAgentConfig/import/completed',
      'item/reasoning/summaryTextDelta',
      'item/reasoning/summaryPartAdded',
      'item/reasoning/textDelta',
    ])
  })

  it('leave import progress, and what nobody knows, to best effort', () => {
    expect(deliveryClassOf('externalAgentConfig/import/progress')).toBe('bestEffort')
    expect(deliveryClassOf('toString')).toBe('bestEffort')
  })

  it('join text deltas whole, and output deltas to their newest part', () => {
    const joined = methods.map((method) => [method, deltaRuleOf(method)?.joining]).filter(([, joining]) => joining)

    expect(joined).toEqual([
      ['item/agentMessage/delta', 'text'],
      ['item/plan/delta', 'text'],
      ['command/exec/outputDelta', 'output'],
      ['process/outputDelta', 'output'],
      ['item/commandExecution/outputDelta', 'output'],
      ['item/fileChange/outputDelta', 'output'],
      ['item/reasoning/summaryTextDelta', 'text'],
      ['item/reasoning/textDelta', 'text'],
    ])
  })

  it('never drop a delta that belongs to a text', () => {
    const texts = methods.filter((method) => deltaRuleOf(method)?.joining === 'text')

    expect(texts.map(deliveryClassOf)).toEqual(['lossless', 'lossless', 'lossless', 'lossless'])
  })
})

describe('coalescing keys', () => {
  const item = { threadId: 't', turnId: 'u', itemId: 'i', delta: 'x' }

  it('are equal for two deltas of one item, whatever their text', () => {
    const key = coalescingKeyOf('item/agentMessage/delta', item)

    expect(key).toBeDefined()
    expect(coalescingKeyOf('item/agentMessage/delta', { ...item, delta: 'y' })).toBe(key)
  })

  it('differ by method, thread, turn, item and index', () => {
    const method = 'item/reasoning/textDelta'
    const whole = { ...item, contentIndex: 0 }
    const keys = [
      coalescingKeyOf(method, whole),
      coalescingKeyOf(method, { ...whole, contentIndex: 1 }),
      coalescingKeyOf(method, { ...whole, itemId: 'j' }),
      coalescingKeyOf(method, { ...whole, turnId: 'v' }),
      coalescingKeyOf(method, { ...whole, threadId: 's' }),
      coalescingKeyOf('item/agentMessage/delta', whole),
    ]

    expect(new Set(keys).size).toBe(6)
  })

  it('cannot be forged by separators inside an id', () => {
    const one = coalescingKeyOf('item/plan/delta', { ...item, threadId: 'a","b', turnId: 'c' })
    const other = coalescingKeyOf('item/plan/delta', { ...item, threadId: 'a', turnId: 'b","c' })

    expect(one).not.toBe(other)
  })

  it('are missing where a member is missing, and for what is no delta', () => {
    expect(coalescingKeyOf('item/reasoning/textDelta', item)).toBeUndefined()
    expect(coalescingKeyOf('item/agentMessage/delta', null)).toBeUndefined()
    expect(coalescingKeyOf('item/completed', item)).toBeUndefined()
  })
})
