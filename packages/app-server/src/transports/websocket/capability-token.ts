import { createHash, timingSafeEqual } from 'node:crypto'
import type { CapabilityTokenAuth } from '../../app-server.js'
import type { TokenCheck } from './admission.js'
import { readAuthSecret } from './auth-secret.js'

/**
 * Lets in who knows the token. Digests are compared, in constant time.
 *
 * @throws Error when the token's file cannot be read or is empty, or the digest is none
 */
export async function capabilityTokenCheck({ token }: CapabilityTokenAuth): Promise<TokenCheck> {
  const expected = 'sha256' in token ? digestOf(token.sha256) : sha256(await readAuthSecret(token.file))
  return (given) => (timingSafeEqual(sha256(given), expected) ? undefined : 'invalid websocket bearer token')
}

function digestOf(hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error(`not a 64-character hex SHA-256 digest: ${hex}`)
  return Buffer.from(hex, 'hex')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
