import { TransportError } from '../errors.js'

/** A browser starts no programs. @throws TransportError `protocol` */
export function openChildProcess(): never {
  throw new TransportError('initialize', 'protocol', 'a browser cannot start a server; use AppServerClient.connect')
}
