import { liveOf } from '../../session/live-items.js'
import type { LiveItem, SessionItem, SessionState } from '../../session/session-shape.js'
import type { Theme } from '../view/theme.js'
import type { Section } from '../view/view.js'
import { createItemBlock, type ItemBlock } from './item-block.js'

/** Something that the surface itself says, among the items. */
export interface Remark {
  /** How many items were there when it was said. */
  readonly behind: number
  lines(width: number): readonly string[]
}

/** What is made of one item or remark, and of what. */
interface Row {
  readonly entry: SessionItem | Remark
  readonly live: LiveItem | undefined
  readonly block: ItemBlock | undefined
  /** Where its lines end. */
  readonly end: number
}

/**
 * The conversation as lines. What has been made of an item is kept: a paint costs what has changed since the last, and
 * the item that grows.
 */
export class Transcript implements Section {
  readonly #theme: Theme
  #state: SessionState
  #remarks: readonly Remark[] = []
  #isExpanded = false
  #width = 0
  #rows: Row[] = []
  #lines: string[] = []

  constructor(theme: Theme, state: SessionState) {
    this.#theme = theme
    this.#state = state
  }

  show(state: SessionState, remarks: readonly Remark[], isExpanded: boolean): void {
    if (isExpanded !== this.#isExpanded) this.forget()
    this.#state = state
    this.#remarks = remarks
    this.#isExpanded = isExpanded
  }

  /** Everything is made anew at the next paint. */
  forget(): void {
    this.#rows = []
    this.#lines = []
  }

  lines(width: number): readonly string[] {
    if (width !== this.#width) this.forget()
    this.#width = width
    const entries = inOrder(this.#state.items, this.#remarks)
    const same = this.#countSame(entries)
    const old = this.#rows.slice(same)
    this.#rows.length = same
    this.#lines.length = this.#rows.at(-1)?.end ?? 0
    for (const [index, entry] of entries.slice(same).entries()) this.#add(entry, old[index])
    return this.#lines
  }

  #countSame(entries: readonly (SessionItem | Remark)[]): number {
    let same = 0
    for (const row of this.#rows) {
      const entry = entries[same]
      if (entry === undefined || entry !== row.entry || this.#liveOf(entry) !== row.live) break
      same += 1
    }
    return same
  }

  #liveOf(entry: SessionItem | Remark): LiveItem | undefined {
    return 'item' in entry ? this.#state.live.get(entry.item.id) : undefined
  }

  #add(entry: SessionItem | Remark, before: Row | undefined): void {
    const live = this.#liveOf(entry)
    const block = 'item' in entry ? this.#blockOf(entry, before) : undefined
    const lines =
      'item' in entry && block !== undefined
        ? block.lines(entry, liveOf(this.#state, entry), this.#width, this.#isExpanded)
        : 'lines' in entry
          ? entry.lines(this.#width)
          : []
    for (const line of lines) this.#lines.push(line)
    if (lines.length > 0) this.#lines.push('')
    this.#rows.push({ entry, live, block, end: this.#lines.length })
  }

  /** The block of the item that stood in this place keeps what it has made, when it is the same item. */
  #blockOf(entry: SessionItem, before: Row | undefined): ItemBlock {
    const known = before !== undefined && 'item' in before.entry && before.entry.item.id === entry.item.id
    return (known ? before.block : undefined) ?? createItemBlock(this.#theme)
  }
}

function inOrder(items: readonly SessionItem[], remarks: readonly Remark[]): readonly (SessionItem | Remark)[] {
  if (remarks.length === 0) return items
  const all: (SessionItem | Remark)[] = []
  let next = 0
  for (const [index, item] of items.entries()) {
    while ((remarks[next]?.behind ?? Number.POSITIVE_INFINITY) <= index) all.push(remarks[next++]!)
    all.push(item)
  }
  return [...all, ...remarks.slice(next)]
}
