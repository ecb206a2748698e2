/**
 * Output of which the beginning and the end are kept.
 *
 * What lies between is counted and forgotten, so that a command that never stops writing costs no memory.
 */
export class CappedOutput {
  readonly #head: Buffer[] = []
  #headBytes = 0
  #tail: Buffer[] = []
  #tailBytes = 0
  #droppedBytes = 0

  /** @param maxBytes whole number; half is kept of the beginning, the rest of the end */
  constructor(readonly maxBytes: number) {
    if (!Number.isInteger(maxBytes) || maxBytes < 0) {
      throw new RangeError(`maxBytes must be a whole number of at least 0, got ${maxBytes}`)
    }
  }

  get droppedBytes(): number {
    return this.#droppedBytes
  }

  /** Bytes that are kept. */
  get size(): number {
    return this.#headBytes + this.#tailBytes
  }

  push(chunk: Buffer): void {
    const room = Math.ceil(this.maxBytes / 2) - this.#headBytes
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room))
      this.#headBytes += Math.min(room, chunk.length)
    }
    const rest = chunk.subarray(Math.max(0, room))
    if (rest.length === 0) return
    this.#tail.push(rest)
    this.#tailBytes += rest.length
    this.#trim()
  }

  /** What was kept, and nothing in the place of what was not. Bytes that are no UTF-8 become U+FFFD. */
  text(): string {
    return this.parts().join('')
  }

  /** Beginning and end as text; no character is cut in two where something was dropped. */
  parts(): [head: string, tail: string] {
    const head = Buffer.concat(this.#head)
    const tail = Buffer.concat(this.#tail)
    if (this.#droppedBytes === 0) return [Buffer.concat([head, tail]).toString('utf8'), '']
    return [head.subarray(0, wholeCharacters(head)).toString('utf8'), tail.subarray(firstWhole(tail)).toString('utf8')]
  }

  /** Gives what was kept, and the count, to an empty one of the same size, and forgets both. */
  moveTo(other: CappedOutput): void {
    other.#head.push(...this.#head)
    other.#headBytes = this.#headBytes
    other.#tail = this.#tail
    other.#tailBytes = this.#tailBytes
    other.#droppedBytes = this.#droppedBytes
    this.clear()
  }

  /** Forgets what was kept, and the count. */
  clear(): void {
    this.#head.length = 0
    this.#tail = []
    this.#headBytes = 0
    this.#tailBytes = 0
    this.#droppedBytes = 0
  }

  #trim(): void {
    let excess = this.#tailBytes - Math.floor(this.maxBytes / 2)
    if (excess <= 0) return
    this.#droppedBytes += excess
    this.#tailBytes -= excess
    let whole = 0
    for (const chunk of this.#tail) {
      if (chunk.length > excess) break
      excess -= chunk.length
      whole += 1
    }
    this.#tail.splice(0, whole)
    if (excess > 0) this.#tail[0] = this.#tail[0]?.subarray(excess) ?? Buffer.alloc(0)
    if (this.#tail.length > 1_000) this.#tail = [Buffer.concat(this.#tail)]
  }
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

/** Length of `bytes` without a character that is cut at its end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (isContinuation(byte)) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** Where the first whole character of `bytes` begins. */
function firstWhole(bytes: Buffer): number {
  let start = 0
  while (start < 3 && isContinuation(bytes[start])) start += 1
  return start
}
