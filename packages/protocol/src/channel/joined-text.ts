/** Characters after which a part is closed, so that short deltas do not each keep a string of their own. */
const PART_LENGTH = 1024

/** Some consecutive deltas. */
interface Part {
  text: string
  deltas: number
}

/** The text of several deltas that wait in one entry. Appending costs the same however long it has become. */
export class JoinedText {
  #parts: Part[] = []
  #length = 0

  /** Characters held. */
  get length(): number {
    return this.#length
  }

  append(delta: string): void {
    this.#length += delta.length
    const last = this.#parts.at(-1)
    if (last === undefined || last.text.length >= PART_LENGTH) {
      this.#parts.push({ text: delta, deltas: 1 })
      return
    }
    last.text += delta
    last.deltas += 1
    // Engines join lazily, and keep every piece until someone looks inside: look.
    if (last.text.length >= PART_LENGTH) last.text.charCodeAt(0)
  }

  /**
   * Drops oldest deltas, about a thousand characters at a time, until at least `excess` characters are gone.
   * The newest of them always stay.
   *
   * @returns how many deltas and characters are gone
   */
  dropOldest(excess: number): { readonly deltas: number; readonly length: number } {
    let deltas = 0
    let length = 0
    let parts = 0
    while (length < excess && parts < this.#parts.length - 1) {
      const oldest = this.#parts[parts] as Part
      deltas += oldest.deltas
      length += oldest.text.length
      parts += 1
    }
    if (parts > 0) this.#parts = this.#parts.slice(parts)
    this.#length -= length
    return { deltas, length }
  }

  toString(): string {
    return this.#parts.map((part) => part.text).join('')
  }
}
