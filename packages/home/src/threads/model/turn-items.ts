import type { StoredItem } from './thread-item.js'

/**
 * The items of one turn, in the order in which they first appeared, each shown once.
 *
 * A rollout may tell of one item twice: as an event of the older form, and whole as `item_completed`. The two are paired
 * by id where the event has one, else by a key made from what they say; the whole item stands in the place of the first.
 */
export class TurnItems {
  /** Null where two events turned out to be one item. */
  readonly #items: (StoredItem | null)[] = []
  readonly #placeOf = new Map<string, number>()
  /** Events that no item has told of yet, and how often items told what no event has yet, by key. */
  readonly #untold = new Map<string, number[]>()
  readonly #told = new Map<string, number>()
  /** Places that hold what an event said, not the whole item. */
  readonly #fromEvents = new Set<number>()

  get isEmpty(): boolean {
    return this.#items.length === 0
  }

  get count(): number {
    return this.#items.length
  }

  /** Shows a whole item. `keys` are those of the events that may tell the same. */
  addItem(item: StoredItem, keys: readonly string[]): void {
    const known = this.#placeOf.get(item.id)
    if (known !== undefined) {
      this.#put(known, item)
      return
    }
    const places = keys.flatMap((key) => this.#takeUntold(key) ?? [])
    const place = places.length > 0 ? Math.min(...places) : this.#items.length
    this.#put(place, item)
    for (const other of places) if (other !== place) this.#items[other] = null
  }

  /**
   * Shows what an event says, unless a whole item said it already.
   *
   * @returns whether it is shown
   */
  addEvent(key: string, make: () => StoredItem): boolean {
    const told = this.#told.get(key) ?? 0
    if (told > 0) {
      this.#told.set(key, told - 1)
      return false
    }
    const item = make()
    const known = this.#placeOf.get(item.id)
    if (known !== undefined && !this.#fromEvents.has(known)) return false
    const place = known ?? this.#items.length
    this.#put(place, item)
    this.#fromEvents.add(place)
    if (known === undefined) this.#wait(key, place)
    return true
  }

  /** Adds to the last item when an event made it and it is of that type. @returns whether there is such an item */
  extendLast(type: string, key: string, extend: (item: StoredItem) => StoredItem): boolean {
    const place = this.#items.length - 1
    const last = this.#items[place]
    if (!last || last.type !== type || !this.#fromEvents.has(place)) return false
    this.#items[place] = extend(last)
    this.#wait(key, place)
    return true
  }

  /** Whether a whole item told this already; takes note that the event came. */
  takeTold(key: string): boolean {
    const told = this.#told.get(key) ?? 0
    if (told > 0) this.#told.set(key, told - 1)
    return told > 0
  }

  toArray(): StoredItem[] {
    return this.#items.filter((item) => item !== null)
  }

  #put(place: number, item: StoredItem): void {
    this.#items[place] = item
    this.#placeOf.set(item.id, place)
    this.#fromEvents.delete(place)
  }

  #wait(key: string, place: number): void {
    const places = this.#untold.get(key)
    if (places) places.push(place)
    else this.#untold.set(key, [place])
  }

  #takeUntold(key: string): number | undefined {
    const place = this.#untold.get(key)?.shift()
    if (place === undefined) this.#told.set(key, (this.#told.get(key) ?? 0) + 1)
    return place
  }
}
