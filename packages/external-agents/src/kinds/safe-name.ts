import { createHash } from 'node:crypto'

/** What a file system takes as one name. */
const MAX_BYTES = 200

/** Control characters, line ends, marks that turn the direction of writing, and what separates the parts of a path. */
const HOSTILE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069/\\]+/gu

/**
 * A name that is safe as one part of a path: what stands between letters, digits and signs of a terminal or a path
 * becomes `-`, leading dots go, endless names are shortened. Harmless names come back as they are.
 */
export function safeName(name: string): string {
  const plain = name.replace(HOSTILE, '-').replace(/^\.+/, '')
  if (plain === '' || plain === '-') return `unnamed-${shortHash(name)}`
  return Buffer.byteLength(plain) > MAX_BYTES ? shortenName(plain, 64) : plain
}

/** A name that cannot end the code span or the line it stands in. */
export function inSpan(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}`]+/gu, '-')
}

/** `name` cut so that with a hash of all of it, it has at most `maxLength` characters. */
export function shortenName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name
  const cut = name
    .slice(0, maxLength - 9)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[-_. ]+$/, '')
  return `${cut}-${shortHash(name)}`
}

/** Gives out names of which no two are equal. */
export class UniqueNames {
  readonly #taken = new Set<string>()

  /** Whether `name` is still to be had. */
  isFree(name: string): boolean {
    return !this.#taken.has(name)
  }

  /** `name`, or with `-2`, `-3`, … behind it when it is taken; never longer than `maxLength`. */
  take(name: string, maxLength = Number.POSITIVE_INFINITY): string {
    for (let count = 1; ; count += 1) {
      const suffix = count === 1 ? '' : `-${count}`
      const candidate = name.slice(0, maxLength - suffix.length) + suffix
      if (!this.isFree(candidate)) continue
      this.#taken.add(candidate)
      return candidate
    }
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
