import { randomBytes } from 'node:crypto'

/**
 * A result of which one member is JSON text already: it is written as it is, never parsed, and never one string.
 * Only for clients that are sent bytes: see `RequestContext.takesText`.
 */
export class TextAnswer<T> {
  /** Stands where the text will. */
  readonly #mark: string
  /** The result with a mark for the text. */
  readonly #result: unknown

  /**
   * @param make gives the result, with what it is given in the place of the text
   * @param pieces one JSON value in UTF-8, in pieces
   */
  constructor(
    make: (mark: never) => T,
    readonly pieces: readonly Buffer[],
  ) {
    this.#mark = randomBytes(12).toString('hex')
    this.#result = make(this.#mark as never)
  }

  /** The message around this result, as pieces. @param encode gives the text of a message with that result */
  encoded(encode: (result: unknown) => string): readonly (string | Buffer)[] {
    const [before = '', after = ''] = encode(this.#result).split(`"${this.#mark}"`)
    return [before, ...this.pieces, after]
  }
}
