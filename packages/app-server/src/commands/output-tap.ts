import type { OutputStream } from '@gangway/agent'

/** One piece of output to be told. */
export interface OutputPiece {
  readonly stream: OutputStream
  readonly deltaBase64: string
  /** Nothing more of this stream is told. */
  readonly capReached: boolean
}

/** Output of a process, up to a cap for each stream: kept, or handed on as it comes. */
export class OutputTap {
  readonly #kept: Record<OutputStream, Buffer[]> = { stdout: [], stderr: [] }
  readonly #bytes: Record<OutputStream, number> = { stdout: 0, stderr: 0 }
  readonly #capped = new Set<OutputStream>()

  /** @param tell where pieces go; undefined: they are kept. @param maxBytes of each stream; null: without end */
  constructor(
    readonly maxBytes: number | null,
    readonly tell: ((piece: OutputPiece) => void) | undefined,
  ) {}

  push(chunk: Buffer, stream: OutputStream): void {
    if (this.#capped.has(stream)) return
    const room = this.maxBytes === null ? chunk.length : this.maxBytes - this.#bytes[stream]
    const capReached = chunk.length > room
    const piece = chunk.subarray(0, room)
    this.#bytes[stream] += piece.length
    if (capReached) this.#capped.add(stream)
    if (this.tell === undefined) this.#kept[stream].push(piece)
    else this.tell({ stream, deltaBase64: piece.toString('base64'), capReached })
  }

  /** What was kept, as text; empty where it was handed on. */
  text(stream: OutputStream): string {
    return Buffer.concat(this.#kept[stream]).toString('utf8')
  }

  isCapped(stream: OutputStream): boolean {
    return this.#capped.has(stream)
  }
}
