import { cut, widthOf } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import type { Key } from '../view/view.js'
import { typedInto } from './line-input.js'
import type { Panel } from './panel.js'

/** Something that can be picked. */
export interface Choice<T> {
  readonly value: T
  readonly label: string
  /** Stands dim behind the label. */
  readonly hint?: string
}

/** Some of the choices. */
export interface ChoicePage<T> {
  readonly choices: readonly Choice<T>[]
  /** What gives the next page; null when this was the last. */
  readonly next: string | null
}

/** What a picker shows, and whom it tells. */
export interface PickerOptions<T> {
  readonly title: string
  /** Gives a page of what fits `query`. A later call makes the answer of an earlier one worthless. */
  readonly load: (query: string, cursor: string | null) => Promise<ChoicePage<T>>
  /** Whether typing narrows the list. */
  readonly searchable: boolean
  /** Rows of the screen. */
  readonly rows: () => number
  readonly theme: Theme
  readonly changed: () => void
  readonly picked: (value: T) => void
  readonly cancelled: () => void
}

/** Milliseconds without a key after which a search begins: nobody waits for what was typed half. */
const searchDelayMs = 120

/** A list to pick from, of any length: pages are loaded as they come into sight. */
export class Picker<T> implements Panel {
  readonly #options: PickerOptions<T>
  #query = ''
  #choices: readonly Choice<T>[] = []
  #next: string | null = null
  #at = 0
  #top = 0
  #search = 0
  #isLoading = false
  #failure: string | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: PickerOptions<T>) {
    this.#options = options
    void this.#load(null)
  }

  onKey(key: Key): void {
    const steps: { readonly [name: string]: number } = {
      up: -1,
      'ctrl+p': -1,
      down: 1,
      'ctrl+n': 1,
      pageUp: -this.#visible(),
      pageDown: this.#visible(),
    }
    const step = steps[key.name ?? '']
    if (step !== undefined) this.#move(step)
    else if (key.name === 'escape' || key.name === 'ctrl+c') this.#end(() => this.#options.cancelled())
    else if (key.name === 'enter') {
      const choice = this.#choices[this.#at]
      if (choice !== undefined) this.#end(() => this.#options.picked(choice.value))
    } else this.#type(key)
  }

  #end(tell: () => void): void {
    clearTimeout(this.#timer)
    this.#search += 1
    tell()
  }

  lines(width: number): readonly string[] {
    const { theme, title, searchable } = this.#options
    const count = `${this.#choices.length}${this.#next === null ? '' : '+'}`
    const search = searchable ? [cut(`${theme.dim('search:')} ${this.#query}${theme.dim('▏')}`, width)] : []
    const visible = this.#visible()
    this.#top = Math.min(Math.max(this.#top, this.#at - visible + 1), this.#at)
    const rows = this.#choices.slice(this.#top, this.#top + visible).map((choice, index) => {
      const isAt = this.#top + index === this.#at
      const label = cut(`${isAt ? '› ' : '  '}${choice.label}`, width)
      const room = width - widthOf(label) - 2
      const hint = choice.hint !== undefined && room > 6 ? `  ${theme.dim(cut(choice.hint, room))}` : ''
      return `${isAt ? theme.cyan(label) : label}${hint}`
    })
    const empty = this.#choices.length === 0 ? [theme.dim(this.#isLoading ? '  looking …' : '  nothing found')] : []
    const failure = this.#failure === undefined ? [] : [cut(theme.red(`  ${this.#failure}`), width)]
    const keys = `enter picks · esc goes back${searchable ? ' · typing searches' : ''}`
    return [
      cut(`${theme.bold(title)} ${theme.dim(`(${count})`)}`, width),
      ...search,
      ...rows,
      ...empty,
      ...failure,
      cut(theme.dim(keys), width),
    ]
  }

  #visible(): number {
    return Math.max(3, Math.min(15, this.#options.rows() - 8))
  }

  #move(by: number): void {
    this.#at = Math.max(0, Math.min(this.#choices.length - 1, this.#at + by))
    if (this.#next !== null && !this.#isLoading && this.#at + this.#visible() >= this.#choices.length) {
      void this.#load(this.#next)
    }
  }

  #type(key: Key): void {
    if (!this.#options.searchable) return
    const query = typedInto(this.#query, key)
    if (query === undefined || query === this.#query) return
    this.#query = query
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#load(null), searchDelayMs)
  }

  async #load(cursor: string | null): Promise<void> {
    const search = ++this.#search
    this.#isLoading = true
    try {
      const page = await this.#options.load(this.#query, cursor)
      if (search !== this.#search) return
      this.#choices = cursor === null ? page.choices : [...this.#choices, ...page.choices]
      if (cursor === null) this.#at = 0
      this.#next = page.next
      this.#failure = undefined
    } catch (error) {
      if (search !== this.#search) return
      this.#failure = error instanceof Error ? error.message : String(error)
    }
    this.#isLoading = false
    this.#options.changed()
  }
}

/** Pages of a list that is all there: what fits is what has every word of the query in its label or hint. */
export function choicesIn<T>(choices: readonly Choice<T>[]): PickerOptions<T>['load'] {
  return async (query) => {
    const words = query.toLowerCase().split(/\s+/)
    const fits = ({ label, hint = '' }: Choice<T>) => {
      const text = `${label} ${hint}`.toLowerCase()
      return words.every((word) => text.includes(word))
    }
    return { choices: choices.filter(fits), next: null }
  }
}
