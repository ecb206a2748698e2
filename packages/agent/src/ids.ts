import { randomBytes } from 'node:crypto'

let lastMs = 0
let counter = 0

/** A UUID of version 7: ids made later in this process sort behind those made before. */
export function uuidV7(): string {
  const now = Date.now()
  counter = now > lastMs ? 0 : counter + 1
  lastMs = Math.max(now, lastMs)
  const bytes = randomBytes(16)
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes[6] = 0x70 | ((counter >> 8) & 0x0f)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
