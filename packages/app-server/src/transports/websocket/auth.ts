import type { WebSocketAuth } from '../../app-server.js'
import type { Admission, TokenCheck } from './admission.js'
import { bearerTokenOf } from './bearer-token.js'
import { capabilityTokenCheck } from './capability-token.js'

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
