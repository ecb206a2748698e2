import type { DeliveryRule, DeliveryRules } from './delivery-rules.js'

const lossless: DeliveryRule = { isLossless: true }
const bestEffort: DeliveryRule = { isLossless: false }
const text: DeliveryRule = { isLossless: true, joining: 'text' }
const output: DeliveryRule = { isLossless: false, joining: 'output' }

const rules: ReadonlyMap<string, DeliveryRule> = new Map([
  ['turn/completed', lossless],
  ['turn/started', lossless],
  ['item/started', lossless],
  ['item/completed', lossless],
  ['item/agentMessage/delta', text],
  ['item/plan/delta', text],
  ['item/reasoning/summaryTextDelta', text],
  ['item/reasoning/textDelta', text],
  ['item/reasoning/summaryPartAdded', lossless],
  ['item/commandExecution/outputDelta', output],
  ['thread/settings/updated', lossless],
  ['thread/status/changed', lossless],
  ['serverRequest/resolved', lossless],
  ['error', lossless],
  ['externalAgentConfig/import/completed', lossless],
  ['codex/event/task_complete', lossless],
  ['codex/event/turn_aborted', lossless],
  ['codex/event/shutdown_complete', lossless],
])

/** The rules of `delivery: 'tiered'`. */
export const defaultRules: DeliveryRules = (method) => rules.get(method) ?? bestEffort
