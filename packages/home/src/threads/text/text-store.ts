/** Bytes of one piece of the store. Longer texts get a piece of their own. */
const pieceBytes = 4 * 1024 * 1024
/** Bytes at either end of a text that tell most texts apart. */
const probeBytes = 24

/** Texts as they stand in a JSON document, escapes and all, each kept once until `clear`. Told apart by their bytes. */
export class TextStore {
  readonly #texts: Buffer[] = []
  readonly #byProbe = new Map<string, number | number[]>()
  #piece = Buffer.alloc(0)
  #filled = 0

  /** The number of the text `buffer[from, to)`. Copied: the buffer may be used again. */
  add(buffer: Buffer, from: number, to: number): number {
    const probe = `${to - from}${buffer.toString('latin1', from, from + probeBytes)}${buffer.toString('latin1', to - probeBytes, to)}`
    const known = this.#byProbe.get(probe)
    if (known === undefined) {
      const number = this.#copy(buffer, from, to)
      this.#byProbe.set(probe, number)
      return number
    }
    const numbers = typeof known === 'number' ? [known] : known
    const same = numbers.find((number) => this.#texts[number]!.compare(buffer, from, to) === 0)
    if (same !== undefined) return same
    const number = this.#copy(buffer, from, to)
    this.#byProbe.set(probe, [...numbers, number])
    return number
  }

  /** @throws RangeError for a number that was not given out */
  get(number: number): Buffer {
    const text = this.#texts[number]
    if (text === undefined) throw new RangeError(`there is no text ${number}`)
    return text
  }

  /** Forgets all texts: numbers begin anew, and what `get` gave must not be used any more. */
  clear(): void {
    this.#texts.length = 0
    this.#byProbe.clear()
    this.#filled = 0
  }

  #copy(buffer: Buffer, from: number, to: number): number {
    const length = to - from
    if (length > this.#piece.length - this.#filled) {
      this.#piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, length))
      this.#filled = 0
    }
    buffer.copy(this.#piece, this.#filled, from, to)
    this.#texts.push(this.#piece.subarray(this.#filled, this.#filled + length))
    this.#filled += length
    return this.#texts.length - 1
  }
}
