/** What a websocket reports. Nothing comes after `closed`. */
export interface SocketEvents {
  /** The way below the websocket stands; the upgrade is still to come. Not told by every kind. */
  connected(): void
  opened(): void
  /** A text frame. */
  text(data: string): void
  /** The server answered the upgrade with something else. */
  refused(status: number, body: string): void
  /** A fault; `closed` follows. */
  failed(error: Error, isTooLarge: boolean): void
  /** @param code 1006 when there was no close frame */
  closed(code: number, reason: string): void
}

/** A websocket, of Node or of a browser. */
export interface RawSocket {
  send(text: string): void
  /** Asks the other side to close. */
  close(): void
  /** Cuts the connection at once. */
  terminate(): void
  /** Leaves incoming bytes where they are, where the platform can. */
  pause(): void
  resume(): void
}

/** What a websocket is made of. */
interface SocketTarget {
  readonly url: string
  readonly socketPath: string | undefined
  readonly authToken: string | undefined
  /** Bytes of one incoming message at most. */
  readonly maxMessageBytes: number
}

/** Begins to connect. Everything is reported later, never during the call. */
export type OpenSocket = (target: SocketTarget, events: SocketEvents) => RawSocket
