import type { StoredItem } from './thread-item.js'

/** What an event of the older form says, made into text only when it must be compared: most files tell everything once. */
export type KeyOf = () => string

/** An event's item that no whole item has told of yet. */
interface Untold {
  readonly place: number
  readonly keyOf: KeyOf
}

/**
 * The items of one turn, in the order in which they first appeared, each shown once.
 *
 * A rollout may tell of one item twice: as an event of the older form, and whole as `item_completed`. The two are paired
 * by a key made from what they say, or from the id that both have; the whole item stands in the place of the first.
 */
export class TurnItems {
  /** Null where two events turned out to be one item. */
  readonly #items: (StoredItem | null)[] = []
  /** Where whole items and events with an id of their own stand. */
  #placeOf: Map<string, number> | undefined
  #untold: Untold[] = []
  /** How often whole items told what no event has told yet, by key. */
  #told: Map<string, number> | undefined

  get isEmpty(): boolean {
    return this.#items.length === 0
  }

  get count(): number {
    return this.#items.length
  }

  /** Shows a whole item. `keys` are those of the events that may tell the same. */
  addItem(item: StoredItem, keys: readonly string[]): void {
    const known = this.#placeOf?.get(item.id)
    const places = known === undefined ? keys.flatMap((key) => this.#takeUntold(key) ?? []) : [known]
    const place = places.length > 0 ? Math.min(...places) : this.#items.length
    this.#put(place, item)
    for (const other of places) if (other !== place) this.#items[other] = null
  }

  /** Shows what an event says, unless a whole item said it already. @param id the event's own, or null */
  addEvent(id: string | null, keyOf: KeyOf, make: () => StoredItem): void {
    if (this.takeTold(keyOf)) return
    const known = id === null ? undefined : this.#placeOf?.get(id)
    const place = known ?? this.#items.length
    if (id === null) this.#items[place] = make()
    else this.#put(place, make())
    if (known === undefined) this.#untold.push({ place, keyOf })
  }

  /** Adds to the last item when an event made it and it is of that type. @returns whether there is such an item */
  extendLast(type: string, keyOf: KeyOf, extend: (item: StoredItem) => StoredItem): boolean {
    const place = this.#items.length - 1
    const last = this.#items[place]
    if (!last || last.type !== type || !this.#untold.some((untold) => untold.place === place)) return false
    this.#items[place] = extend(last)
    this.#untold.push({ place, keyOf })
    return true
  }

  /** Whether a whole item told this already; takes note that the event came. */
  takeTold(keyOf: KeyOf): boolean {
    if (!this.#told || this.#told.size === 0) return false
    const key = keyOf()
    const times = this.#told.get(key) ?? 0
    if (times > 1) this.#told.set(key, times - 1)
    else this.#told.delete(key)
    return times > 0
  }

  toArray(): StoredItem[] {
    return this.#items.filter((item) => item !== null)
  }

  #put(place: number, item: StoredItem): void {
    this.#items[place] = item
    this.#placeOf ??= new Map()
    this.#placeOf.set(item.id, place)
  }

  #takeUntold(key: string): number | undefined {
    const at = this.#untold.findIndex((untold) => untold.keyOf() === key)
    if (at >= 0) return this.#untold.splice(at, 1)[0]?.place
    this.#told ??= new Map()
    this.#told.set(key, (this.#told.get(key) ?? 0) + 1)
    return undefined
  }
}
