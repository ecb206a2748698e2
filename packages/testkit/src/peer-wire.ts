/** The peer's end of one connection, whatever carries it. */
export interface PeerWire {
  /** Sends one message: a line or a text frame. Bytes go out as they are (on a websocket: a binary frame). */
  send(data: string | Uint8Array): void
  /** Ends the connection in good order. `code` and `reason` mean something on a websocket only. */
  close(code?: number, reason?: string): void
  /** Reads nothing more from the client: a peer that hangs. Does nothing in memory. */
  hold(): void
  /** Cuts the connection without a word. */
  destroy(): void
}

/** How a connection ended. */
export interface PeerEnd {
  /** The close code of the websocket; 1006 without one, also on other wires. */
  readonly code: number
  readonly reason: string
}
