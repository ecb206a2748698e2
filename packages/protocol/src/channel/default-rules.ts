import { deliveryClassOf, deltaRuleOf } from '../delivery.js'
import type { DeliveryRule, DeliveryRules } from './delivery-rules.js'

/** Ends of the first protocol: a client that listens to it waits for these. */
const legacyEnds: ReadonlySet<string> = new Set([
  'codex/event/task_complete',
  'codex/event/turn_aborted',
  'codex/event/shutdown_complete',
])

/** The rules of `delivery: 'tiered'`: the protocol's table. Pieces in base64 are not joined; a full queue drops them. */
export const defaultRules: DeliveryRules = (method): DeliveryRule => {
  const isLossless = deliveryClassOf(method) === 'lossless' || legacyEnds.has(method)
  const delta = deltaRuleOf(method)
  return delta?.field === 'delta' ? { isLossless, joining: delta.joining } : { isLossless }
}
