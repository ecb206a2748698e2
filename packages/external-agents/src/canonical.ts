import { createHash } from 'node:crypto'

/** SHA-256 (hex) of a value in canonical form: the order of keys does not count, absent and undefined are the same. */
export function canonicalDigest(value: unknown): string {
  return sha256(canonicalText(value))
}

/** SHA-256 (hex) of a text or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** JSON with sorted keys. Bytes are their digest; dates and numbers that JSON does not know say what they are. */
function canonicalText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Uint8Array) return `bytes:${sha256(value)}`
  if (value instanceof Date) return `date:${String(value)}`
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`).join(',')}}`
}
