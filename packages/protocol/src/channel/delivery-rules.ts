import type { DeliveryMode } from './event.js'

/** How the text of consecutive deltas may be joined while they wait: all of it, or the newest part of it. */
export type Joining = 'text' | 'output'

/** How events of one method are treated by a full queue. */
export interface DeliveryRule {
  /** Such an event waits for room; any other is dropped and counted. */
  readonly isLossless: boolean
  /** Set for deltas whose `params.delta` may be joined with the one before of the same item. */
  readonly joining?: Joining
}

/** The rule for each method. Asked once per method and queue. */
export type DeliveryRules = (method: string) => DeliveryRule

const lossless: DeliveryRule = { isLossless: true }
const bestEffort: DeliveryRule = { isLossless: false }

/** What the reference's client facade never drops. Source: reference, June 2026. */
const referenceLossless: ReadonlySet<string> = new Set([
  'turn/completed',
  'item/completed',
  'item/agentMessage/delta',
  'item/plan/delta',
  'item/reasoning/summaryTextDelta',
  'item/reasoning/textDelta',
  'thread/settings/updated',
  'externalAgentConfig/import/completed',
  'codex/event/task_complete',
  'codex/event/turn_aborted',
  'codex/event/shutdown_complete',
])

/** The rules of `delivery: 'reference'`. */
export const referenceRules: DeliveryRules = (method) => (referenceLossless.has(method) ? lossless : bestEffort)

/** The rules of `delivery: 'lossless'`. */
export const losslessRules: DeliveryRules = () => lossless

/** The rule for requests of the server: they never wait, and their refusal is the answer, unless everything waits. */
export function requestRule(delivery: DeliveryMode): DeliveryRule {
  return delivery === 'lossless' ? lossless : bestEffort
}
