import type { Connection } from '../connection.js'
import type { MessageOutput } from '../transports/message-output.js'
import type { WireLog } from './wire-log.js'

/** `output`, or one that also notes what it writes for `connection` where there is a log of the wire. */
export function tapped(log: WireLog | undefined, connection: Connection, output: MessageOutput): MessageOutput {
  if (log === undefined) return output
  void connection.closed.then((reason) => log.closed(connection.connectionId, reason))
  return {
    get backlog() {
      return output.backlog
    },
    get isBackedUp() {
      return output.isBackedUp
    },
    below: (backlog) => output.below(backlog),
    writePieces(pieces) {
      log.message(
        's2c',
        connection.connectionId,
        Buffer.concat(pieces.map((piece) => Buffer.from(piece as Buffer))).toString(),
      )
      output.writePieces(pieces)
    },
    write(message) {
      log.message('s2c', connection.connectionId, message)
      output.write(message)
    },
  }
}
