/** Messages on their way to one client, whatever carries them. */
export interface MessageOutput {
  /** About the bytes that the client has not taken yet. */
  readonly backlog: number
  /** Whether events should wait in their queue, where they are bounded and classed: the client is slower than we are. */
  readonly isBackedUp: boolean
  /** Resolves when the output is no longer backed up (with 0: when all is taken), or nothing more can be written. */
  below(backlog?: number): Promise<void>
  /** Adds one message. Never waits and never refuses: whoever calls it looks at `backlog` first where it matters. */
  write(message: string): void
  /** Adds one message that is there in pieces; else as `write`. */
  writePieces(pieces: readonly (string | Buffer)[]): void
}
