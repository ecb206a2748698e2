import { UsageError } from '../exit-codes.js'

/**
 * The values of repeated `-c key=value` by dotted key; a later one wins.
 *
 * A value is read as one of the TOML values that people type on a command line (true, false, numbers, quoted text, and
 * arrays and inline tables of them); what is none of these is text, so that `-c model=gpt-5` needs no quotes.
 *
 * @throws UsageError when there is no `=` or no key
 */
export function readConfigOverrides(written: readonly string[]): { readonly [dottedKey: string]: unknown } {
  return Object.fromEntries(
    written.map((entry) => {
      const at = entry.indexOf('=')
      const key = at === -1 ? '' : entry.slice(0, at).trim()
      if (key === '') throw new UsageError(`-c ${entry}: not of the form key=value`)
      return [key, readValue(entry.slice(at + 1).trim())]
    }),
  )
}

function readValue(text: string): unknown {
  const reader = new ValueReader(text)
  try {
    const value = reader.value()
    return reader.atEnd() ? value : text
  } catch (error) {
    if (error instanceof NotAValue) return text
    throw error
  }
}

class NotAValue extends Error {}

/** Reads TOML values on one line. Dates and multi-line strings are not values here. */
class ValueReader {
  #at = 0
  constructor(readonly text: string) {}

  atEnd(): boolean {
    this.#space()
    return this.#at === this.text.length
  }

  value(): unknown {
    this.#space()
    const character = this.text[this.#at]
    if (character === '"' || character === "'") return this.#quoted()
    if (character === '[') return this.#array()
    if (character === '{') return this.#table()
    return this.#bare()
  }

  #bare(): unknown {
    const word = this.#match(/[^\s,\]}#=]+/y)
    if (word === 'true' || word === 'false') return word === 'true'
    const plain = word.replace(/(?<=\d)_(?=\d)/g, '')
    if (/^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(plain)) return Number(plain)
    if (/^0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)$/.test(plain)) return Number(plain)
    throw new NotAValue()
  }

  #quoted(): string {
    if (this.text[this.#at] === "'") return this.#match(/'[^']*'/y).slice(1, -1)
    const raw = this.#match(/"(?:[^"\\]|\\.)*"/y)
    try {
      return JSON.parse(raw) as string
    } catch {
      throw new NotAValue()
    }
  }

  #array(): unknown[] {
    this.#at++
    const values: unknown[] = []
    for (;;) {
      if (this.#take(']')) return values
      values.push(this.value())
      if (!this.#take(',') && this.text[this.#at] !== ']') throw new NotAValue()
    }
  }

  #table(): { readonly [key: string]: unknown } {
    this.#at++
    const entries: [string, unknown][] = []
    for (;;) {
      if (this.#take('}')) return Object.fromEntries(entries)
      this.#space()
      const isQuoted = this.text[this.#at] === '"' || this.text[this.#at] === "'"
      const key = isQuoted ? this.#quoted() : this.#match(/[A-Za-z0-9_-]+/y)
      if (!this.#take('=')) throw new NotAValue()
      entries.push([key, this.value()])
      if (!this.#take(',') && this.text[this.#at] !== '}') throw new NotAValue()
    }
  }

  /** Steps over `character`, and the space around it, if it is next. */
  #take(character: string): boolean {
    this.#space()
    if (this.text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    while (this.text[this.#at] === ' ' || this.text[this.#at] === '\t') this.#at++
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) throw new NotAValue()
    this.#at += found.length
    return found
  }
}
