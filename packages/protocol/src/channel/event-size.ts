import type { QueueEvent } from './event.js'

/** What an event costs beside its params. */
const EVENT_BYTES = 64

/** Deeper values count as nothing more: a guard against circles, beyond what the protocol nests. */
const MAX_DEPTH = 32

/** About the bytes that an event takes while it waits. */
export function sizeOfEvent(event: QueueEvent): number {
  return EVENT_BYTES + ('params' in event ? sizeOf(event.params) : 0)
}

/** About the bytes that a value takes: its JSON, with one byte per character. Costs time per member, not per character. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  if (depth === MAX_DEPTH) return 8
  let size = 2
  if (Array.isArray(value)) {
    for (const entry of value) size += sizeOf(entry, depth + 1)
    return size
  }
  for (const key in value) size += key.length + 3 + sizeOf((value as Record<string, unknown>)[key], depth + 1)
  return size
}
