/**
 * A first-in first-out ring over one array, with constant cost per entry.
 *
 * It does not refuse by itself: its owner compares `length` with `capacity`. Going over it on purpose grows the array.
 */
export class BoundedQueue<T extends object> {
  #slots: (T | undefined)[]
  #head = 0
  #length = 0

  /** @param capacity entries, a whole number of at least 1 */
  constructor(readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be a whole number of at least 1, got ${capacity}`)
    }
    this.#slots = new Array(Math.min(powerOfTwo(capacity), INITIAL_SLOTS)).fill(undefined)
  }

  get length(): number {
    return this.#length
  }

  get isFull(): boolean {
    return this.#length >= this.capacity
  }

  /** The entry that `shift` would give. */
  peek(): T | undefined {
    return this.#slots[this.#head]
  }

  /** Adds at the end, also beyond `capacity`. */
  push(entry: T): void {
    if (this.#length === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.#length) & (this.#slots.length - 1)] = entry
    this.#length += 1
  }

  /** Takes from the front; `undefined` when empty. */
  shift(): T | undefined {
    const entry = this.#slots[this.#head]
    if (entry === undefined) return undefined
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.#length -= 1
    return entry
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = [...old.slice(this.#head), ...old.slice(0, this.#head), ...new Array(old.length).fill(undefined)]
    this.#head = 0
  }
}

/** Room made at once; a queue that stays short never holds more. */
const INITIAL_SLOTS = 16

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast))
}
