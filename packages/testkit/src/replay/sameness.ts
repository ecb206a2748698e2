/** What may differ between a recording and its replay. */
export interface SamenessOptions {
  /** Texts of the recording and what stands for them now, such as the folder of a home. */
  readonly replace?: readonly (readonly [recorded: string, now: string])[]
  /** Members that are not compared, by name. Default: `userAgent`, `platformOs`, `platformFamily`. */
  readonly ignore?: readonly string[]
}

/** Ids that a server makes up: UUIDs. */
const MINTED = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Members that hold a time or a duration. */
const TIME = /(?:At|AtMs|Ms|Time|Timestamp)$/

const IGNORED = ['userAgent', 'platformOs', 'platformFamily']

/** Knows which made-up ids of a recording are which ones of now, and what else may differ. */
export class Sameness {
  readonly #replace: readonly (readonly [string, string])[]
  readonly #ignore: ReadonlySet<string>
  readonly #now = new Map<string, string>()

  constructor({ replace = [], ignore = IGNORED }: SamenessOptions = {}) {
    this.#replace = replace
    this.#ignore = new Set(ignore)
  }

  /** A recorded text as a client of now has to say it. */
  translate(recorded: string): string {
    const text = this.#replace.reduce((left, [from, to]) => left.replaceAll(from, to), recorded)
    return text.replace(MINTED, (id) => this.#now.get(id) ?? id)
  }

  /** Where two values differ, as `path: recorded, now`; `undefined` when they say the same. Learns ids on the way. */
  difference(recorded: unknown, now: unknown, path = ''): string | undefined {
    if (typeof recorded === 'string' && typeof now === 'string') return this.#textDifference(recorded, now, path)
    if (Array.isArray(recorded) && Array.isArray(now)) {
      if (recorded.length !== now.length) return `${path}: ${recorded.length} entries, ${now.length} now`
      return first(recorded, (value, index) => this.difference(value, now[index], `${path}[${index}]`))
    }
    if (isObject(recorded) && isObject(now)) {
      const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].filter(
        (name) => !this.#ignore.has(name),
      )
      return first(names, (name) => {
        const [before, after] = [recorded[name], now[name]]
        if (TIME.test(name) && typeof before === typeof after) return undefined
        return this.difference(before, after, `${path}.${name}`)
      })
    }
    return Object.is(recorded, now) ? undefined : `${path}: ${shown(recorded)}, ${shown(now)} now`
  }

  #textDifference(recorded: string, now: string, path: string): string | undefined {
    const [before, after] = [recorded.match(MINTED) ?? [], now.match(MINTED) ?? []]
    for (const [index, id] of before.entries()) {
      const made = after[index]
      if (made !== undefined && !this.#now.has(id)) this.#now.set(id, made)
    }
    const expected = this.translate(recorded)
    return expected === now ? undefined : `${path}: ${shown(expected)}, ${shown(now)} now`
  }
}

function first<T>(values: readonly T[], find: (value: T, index: number) => string | undefined): string | undefined {
  for (const [index, value] of values.entries()) {
    const found = find(value, index)
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
