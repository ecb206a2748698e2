/** Bytes of one inbound frame or message. Source: reference 0.169.0, which says so in a header of its upgrade. */
export const MAX_MESSAGE_BYTES = 16_777_216

/** Why a websocket is closed: codes of RFC 6455 and its registry. */
export const closeCodes = {
  goingAway: 1001,
  messageTooBig: 1009,
  tryAgainLater: 1013,
} as const

/** The reason that goes with a code that the websocket library closes with by itself. */
export function reasonOf(code: number, maxMessageBytes: number): string {
  switch (code) {
    case 1002:
      return 'protocol error'
    case 1007:
      return 'text that is not UTF-8'
    case closeCodes.messageTooBig:
      return `message too large: at most ${maxMessageBytes} bytes`
    default:
      return ''
  }
}
