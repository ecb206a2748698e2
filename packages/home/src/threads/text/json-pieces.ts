import type { TextStore } from './text-store.js'

const pieceBytes = 1024 * 1024

/** A JSON document made of many parts, as pieces of UTF-8 of about a megabyte. */
export class JsonPieces {
  readonly #done: Buffer[] = []
  #piece = Buffer.allocUnsafeSlow(pieceBytes)
  #filled = 0

  /** @param marker what stands before the number of a text of `store`; a `;` stands behind it */
  constructor(
    readonly store: TextStore,
    readonly marker: string,
  ) {}

  /** Adds JSON in which texts of the store may be marked. */
  addMarked(json: string): void {
    let from = 0
    for (let at = json.indexOf(this.marker); at >= 0; at = json.indexOf(this.marker, from)) {
      this.add(json.slice(from, at))
      const end = json.indexOf(';', at + this.marker.length)
      this.#addBytes(this.store.get(Number(json.slice(at + this.marker.length, end))))
      from = end + 1
    }
    this.add(from === 0 ? json : json.slice(from))
  }

  add(text: string): void {
    if (text.length * 3 > pieceBytes - this.#filled) {
      if (text.length * 3 > pieceBytes) {
        this.#addBytes(Buffer.from(text))
        return
      }
      this.#next()
    }
    this.#filled += this.#piece.write(text, this.#filled, 'utf8')
  }

  /** All that was added. Call it once. */
  end(): Buffer[] {
    this.#next()
    return this.#done
  }

  #addBytes(bytes: Buffer): void {
    for (let from = 0; from < bytes.length; ) {
      if (this.#filled === pieceBytes) this.#next()
      const count = bytes.copy(this.#piece, this.#filled, from)
      this.#filled += count
      from += count
    }
  }

  #next(): void {
    if (this.#filled > 0) this.#done.push(this.#piece.subarray(0, this.#filled))
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes)
    this.#filled = 0
  }
}
