import { errors, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { SignedTokenAuth } from '../../app-server.js'
import type { TokenCheck } from './admission.js'
import { readAuthSecret } from './auth-secret.js'

const DEFAULT_CLOCK_SKEW_SECONDS = 30

/** Shorter secrets can be guessed from one token. Source: reference 0.169.0, and RFC 7518, 3.2. */
const MIN_SECRET_BYTES = 32

/**
 * Lets in who has a token (HS256) that is signed with the secret, has not expired, and was made for this server.
 *
 * @throws Error when the secret's file cannot be read, or the secret is too short
 */
export async function signedTokenCheck(auth: SignedTokenAuth): Promise<TokenCheck> {
  const secret = await secretOf(auth)
  const options: JWTVerifyOptions = {
    algorithms: ['HS256'],
    requiredClaims: ['exp'],
    clockTolerance: auth.maxClockSkewSeconds ?? DEFAULT_CLOCK_SKEW_SECONDS,
    ...(auth.issuer !== undefined && { issuer: auth.issuer }),
    ...(auth.audience !== undefined && { audience: auth.audience }),
  }
  return async (token) => {
    try {
      await jwtVerify(token, secret, options)
      return undefined
    } catch (error) {
      return refusalOf(error)
    }
  }
}

async function secretOf({ secret }: SignedTokenAuth): Promise<Uint8Array> {
  const name = 'file' in secret ? ` ${secret.file}` : ''
  const bytes = 'file' in secret ? new TextEncoder().encode(await readAuthSecret(secret.file)) : secret.bytes
  if (bytes.length < MIN_SECRET_BYTES) {
    throw new Error(`signed websocket bearer secret${name} must be at least ${MIN_SECRET_BYTES} bytes`)
  }
  return bytes
}

// Source: reference 0.169.0, the body of its 401.
function refusalOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'expired websocket jwt'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return 'websocket jwt is not valid yet'
    if (error.claim === 'iss') return 'websocket jwt issuer mismatch'
    if (error.claim === 'aud') return 'websocket jwt audience mismatch'
  }
  return 'invalid websocket jwt'
}
