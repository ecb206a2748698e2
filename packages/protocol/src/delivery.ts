import type { DeliveryClass, DeltaRule, ServerNotificationRow } from './methods/row.js'
import { serverNotifications } from './methods/server-notifications.js'

const rows: ReadonlyMap<string, ServerNotificationRow> = new Map(Object.entries(serverNotifications))

/** What becomes of notifications of `method` when their consumer is slow. A method that is not in the table is best effort. */
export function deliveryClassOf(method: string): DeliveryClass {
  return rows.get(method)?.delivery ?? 'bestEffort'
}

/** How notifications of `method` may be joined while they wait; `undefined` when they are no deltas. */
export function deltaRuleOf(method: string): DeltaRule | undefined {
  return rows.get(method)?.delta
}

/**
 * What two deltas of `method` must have in common to be joined, as one string.
 *
 * `undefined` when the method is none of deltas, or when a member of its key is missing: such a delta stands alone.
 */
export function coalescingKeyOf(method: string, params: unknown): string | undefined {
  const rule = deltaRuleOf(method)
  if (rule === undefined || typeof params !== 'object' || params === null) return undefined
  const parts: unknown[] = [method]
  for (const name of rule.key) {
    const part = (params as Readonly<Record<string, unknown>>)[name]
    if (typeof part !== 'string' && typeof part !== 'number') return undefined
    parts.push(part)
  }
  return JSON.stringify(parts)
}
