import type { IncomingMessage } from 'node:http'

/** Says why a token is not good, in the words of the answer, or gives undefined for a good one. */
export type TokenCheck = (token: string) => string | undefined | Promise<string | undefined>

/** Says why a client may not come in, or gives undefined for one that may. Never throws. */
export type Admission = (request: IncomingMessage) => string | undefined | Promise<string | undefined>
