/** Of newer JavaScript than the type library: Node 20 has them. */
interface WellFormable {
  isWellFormed(): boolean
  toWellFormed(): string
}

/** Replaces halves of characters, which no UTF-8 file can hold, and counts the texts in which it did. */
export class SurrogateRepair {
  count = 0

  text(text: string): string {
    const value = text as unknown as WellFormable
    if (value.isWellFormed()) return text
    this.count += 1
    return value.toWellFormed()
  }

  /** The same for every text in a JSON value. A value without any is given back itself. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const items = value.map((item) => this.value(item))
      return items.some((item, place) => item !== value[place]) ? items : value
    }
    let changed: [string, unknown][] | undefined
    const members = Object.entries(value)
    members.forEach(([key, member], place) => {
      const repaired: [string, unknown] = [this.text(key), this.value(member)]
      if (repaired[0] === key && repaired[1] === member) return
      changed ??= [...members]
      changed[place] = repaired
    })
    return changed ? Object.fromEntries(changed) : value
  }
}
