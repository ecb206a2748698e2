import { resolve } from 'node:path'
import type { WebSocketAuth } from '../../app-server.js'

/** The options of a command line that say who may connect, as written. */
export interface WebSocketAuthFlags {
  readonly mode?: 'capability-token' | 'signed-bearer-token'
  readonly tokenFile?: string
  readonly tokenSha256?: string
  readonly sharedSecretFile?: string
  readonly issuer?: string
  readonly audience?: string
  readonly maxClockSkewSeconds?: number
}

/**
 * What the options together ask for; undefined when there are none. Reads no file.
 *
 * @param cwd where relative paths begin
 * @throws Error for options that do not go together, or of which one is missing
 *
 * Source: reference 0.169.0, its messages.
 */
export function webSocketAuthOf(flags: WebSocketAuthFlags, cwd: string): WebSocketAuth | undefined {
  switch (flags.mode) {
    case undefined:
      if (Object.keys(flags).length === 0) return undefined
      throw new Error('websocket auth flags require `--ws-auth capability-token` or `--ws-auth signed-bearer-token`')
    case 'capability-token':
      return capabilityToken(flags, cwd)
    case 'signed-bearer-token':
      return signedToken(flags, cwd)
    default:
      throw new Error(`no such way to authenticate: ${String(flags.mode satisfies never)}`)
  }
}

function capabilityToken(flags: WebSocketAuthFlags, cwd: string): WebSocketAuth {
  const { tokenFile, tokenSha256, sharedSecretFile, issuer, audience, maxClockSkewSeconds } = flags
  if ([sharedSecretFile, issuer, audience, maxClockSkewSeconds].some((flag) => flag !== undefined)) {
    throw new Error(
      '`--ws-shared-secret-file`, `--ws-issuer`, `--ws-audience`, and `--ws-max-clock-skew-seconds` require `--ws-auth signed-bearer-token`',
    )
  }
  if (tokenFile !== undefined && tokenSha256 !== undefined) {
    throw new Error('`--ws-token-file` and `--ws-token-sha256` are mutually exclusive')
  }
  if (tokenFile !== undefined) return { mode: 'capability-token', token: { file: resolve(cwd, tokenFile) } }
  if (tokenSha256 === undefined) {
    throw new Error('`--ws-token-file` or `--ws-token-sha256` is required when `--ws-auth capability-token` is set')
  }
  if (!/^[0-9a-f]{64}$/i.test(tokenSha256)) {
    throw new Error('--ws-token-sha256 must be a 64-character hex SHA-256 digest')
  }
  return { mode: 'capability-token', token: { sha256: tokenSha256 } }
}

function signedToken(flags: WebSocketAuthFlags, cwd: string): WebSocketAuth {
  const { tokenFile, tokenSha256, sharedSecretFile, maxClockSkewSeconds } = flags
  if (tokenFile !== undefined || tokenSha256 !== undefined) {
    throw new Error(
      '`--ws-token-file` and `--ws-token-sha256` require `--ws-auth capability-token`, not `signed-bearer-token`',
    )
  }
  if (sharedSecretFile === undefined) {
    throw new Error('`--ws-shared-secret-file` is required when `--ws-auth signed-bearer-token` is set')
  }
  const [issuer, audience] = [flags.issuer?.trim(), flags.audience?.trim()]
  return {
    mode: 'signed-bearer-token',
    secret: { file: resolve(cwd, sharedSecretFile) },
    ...(issuer && { issuer }),
    ...(audience && { audience }),
    ...(maxClockSkewSeconds !== undefined && { maxClockSkewSeconds }),
  }
}
