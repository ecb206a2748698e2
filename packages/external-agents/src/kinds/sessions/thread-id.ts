import { createHash } from 'node:crypto'

/**
 * The id of the thread that something becomes: a UUID of version 7 with the time of its beginning, the rest made from
 * `parts`. The same log always becomes the same thread, so that nothing can come over twice, whatever was interrupted.
 *
 * @param startedAtMs milliseconds since the epoch
 */
export function threadIdFor(startedAtMs: number, ...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  const time = Math.min(Math.max(0, Math.floor(startedAtMs) || 0), 2 ** 48 - 1)
  bytes.writeUIntBE(time, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The time in an id of version 7, in milliseconds since the epoch; undefined for other ids. */
export function timeInThreadId(threadId: string): number | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(threadId)) return undefined
  return Number.parseInt(threadId.slice(0, 8) + threadId.slice(9, 13), 16)
}
