/** Characters after which a part is closed, so that short deltas do not each keep a string of their own. */
const PART_LENGTH = 1024

interface Part {
  text: string
  deltas: number
}

/** The text of several deltas that wait in one entry. Appending costs the same however long it has become. */
export class JoinedText {
  readonly #parts: Part[] = []
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
  }

  /** Drops the oldest deltas until at most `maxLength` characters are held or one part is left. @returns how many deltas */
  dropOldest(maxLength: number): number {
    let dropped = 0
    while (this.#length > maxLength && this.#parts.length > 1) {
      const oldest = this.#parts.shift() as Part
      this.#length -= oldest.text.length
      dropped += oldest.deltas
    }
    return dropped
  }

  toString(): string {
    return this.#parts.map((part) => part.text).join('')
  }
}
