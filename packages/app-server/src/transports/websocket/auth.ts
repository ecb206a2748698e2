import type { IncomingMessage } from 'node:http'
import type { WebSocketAuth } from '../../app-server.js'
import { bearerTokenOf } from './bearer-token.js'
import { capabilityTokenCheck } from './capability-token.js'

/** Says why a token is not good, in the words of the answer, or gives undefined for a good one. */
export type TokenCheck = (token: string) => string | undefined | Promise<string | undefined>

/** Says why a client may not come in, or gives undefined for one that may. Never throws. */
export type Admission = (request: IncomingMessage) => string | undefined | Promise<string | undefined>

/**
 * Makes the check that clients of a listener have to pass. Reads the file that `auth` names, once.
 *
 * @throws Error when that file cannot be read, or what is in it cannot be used
 */
export async function admissionOf(auth: WebSocketAuth | undefined): Promise<Admission> {
  if (auth === undefined) return () => undefined
  const check = await tokenCheckOf(auth)
  return ({ headers }) => {
    const found = bearerTokenOf(headers.authorization)
    return 'refusal' in found ? found.refusal : check(found.token)
  }
}

async function tokenCheckOf(auth: WebSocketAuth): Promise<TokenCheck> {
  switch (auth.mode) {
    case 'capability-token':
      return capabilityTokenCheck(auth)
    case 'signed-bearer-token': {
      const { signedTokenCheck } = await import('./signed-token.js')
      return signedTokenCheck(auth)
    }
    default:
      throw new Error(`no such way to authenticate: ${JSON.stringify(auth satisfies never)}`)
  }
}
