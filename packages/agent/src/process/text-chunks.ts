import { StringDecoder } from 'node:string_decoder'

/** Makes text of bytes that come in pieces: a character that was cut in two is told whole, with its second half. */
export class TextChunks {
  readonly #decoder = new StringDecoder('utf8')

  /** @returns what can be told now; maybe nothing */
  push(chunk: Buffer): string {
    return this.#decoder.write(chunk)
  }

  /** @returns U+FFFD for a character that was never finished; mostly nothing */
  end(): string {
    return this.#decoder.end()
  }
}
