import type { RolloutLine } from './line.js'

/** A line as the reference writes it, with its line end. */
export function formatRolloutLine({ timestamp, ordinal, type, payload }: RolloutLine): string {
  const head = ordinal === undefined ? { timestamp, type, payload } : { timestamp, ordinal, type, payload }
  return `${JSON.stringify(head)}\n`
}
