import type { Table } from '@gangway/home'
import type { Fact, FateReason } from '../fact.js'
import { isTable } from '../merge-patch.js'
import { dropped, type FateList, mapped, rewritten } from './fate-list.js'

/** Where a value goes in a TOML document: keys from the root. */
export type KeyPath = readonly string[]

interface Want {
  readonly at: KeyPath
  readonly value: unknown
  /** Add to the list that is there, instead of leaving it. */
  readonly join: boolean
  readonly fact: Fact | undefined
  /** Why it is not the same as in the source. */
  readonly reason: FateReason | undefined
}

/**
 * Collects what should stand in a configuration file, and gives the patch that adds it: what is there stays, unless it is
 * to be overwritten. Says of each fact whether it arrived.
 */
export class ConfigDraft {
  readonly #wants: Want[] = []

  /** @param existing the document now; undefined when there is none */
  constructor(
    readonly existing: Table | undefined,
    readonly overwrite: boolean,
  ) {}

  /** The value at `at` now. */
  at(at: KeyPath): unknown {
    return lookUp(this.existing, at).value
  }

  /** Asks for a value that states `fact`; with `reason` the fact counts as rewritten. Its fate comes with `settle`. */
  set(at: KeyPath, value: unknown, fact?: Fact, reason?: FateReason): undefined {
    this.#wants.push({ at, value, join: false, fact, reason })
    return undefined
  }

  /** Asks for an entry of a list. */
  add(at: KeyPath, entry: string, fact?: Fact, reason?: FateReason): undefined {
    this.#wants.push({ at, value: entry, join: true, fact, reason })
    return undefined
  }

  /** The patch, `undefined` when nothing is missing. Writes down the fate of every fact that was handed over. */
  settle(fates: FateList, targetPath: string): Table | undefined {
    const patch: MutableTable = table()
    let changed = false
    for (const want of this.#wants) {
      const refusal = this.#place(want, patch)
      if (refusal === 'written') changed = true
      if (want.fact === undefined) continue
      const target = `${targetPath}#${want.at.map(keyText).join('.')}`
      if (refusal !== 'written' && refusal !== 'there') fates.add(dropped(want.fact, refusal))
      else if (want.reason === undefined) fates.add(mapped(want.fact, target))
      else fates.add(rewritten(want.fact, want.reason, target))
    }
    return changed ? patch : undefined
  }

  #place(want: Want, patch: MutableTable): 'written' | 'there' | FateReason {
    const planned = lookUp(patch, want.at).value
    const found = lookUp(this.existing, want.at)
    const key = want.at.map(keyText).join('.')
    if (found.blockedBy !== undefined) {
      const message = `${found.blockedBy.map(keyText).join('.')} is not a table in the target`
      return { code: 'target-type-conflict', message }
    }
    if (want.join) return this.#join(want, patch, planned ?? found.value, key)
    if (planned !== undefined) {
      const message = `${key} is already ${JSON.stringify(planned)}, for a stricter reason or from an earlier statement`
      return same(planned, want.value) ? 'written' : { code: 'other-statement-wins', message }
    }
    if (same(found.value, want.value)) return 'there'
    if (found.value !== undefined && !(this.overwrite && !isTable(found.value))) {
      return { code: 'target-has-own-value', message: `${key} is already set in the target, and stays` }
    }
    put(patch, want.at, want.value)
    return 'written'
  }

  #join(want: Want, patch: MutableTable, list: unknown, key: string): 'written' | 'there' | FateReason {
    if (list !== undefined && !Array.isArray(list)) {
      return { code: 'target-type-conflict', message: `${key} is not a list in the target` }
    }
    const entries: readonly unknown[] = list ?? []
    if (entries.includes(want.value)) return lookUp(patch, want.at).value === undefined ? 'there' : 'written'
    put(patch, want.at, [...entries, want.value])
    return 'written'
  }
}

type MutableTable = { [key: string]: unknown }

function table(): MutableTable {
  return Object.create(null) as MutableTable
}

/** The value at a path, or the first key on the way that is no table. */
function lookUp(root: Table | undefined, at: KeyPath): { readonly value: unknown; readonly blockedBy?: KeyPath } {
  let value: unknown = root
  for (const [index, key] of at.entries()) {
    if (value === undefined) return { value: undefined }
    if (!isTable(value)) return { value: undefined, blockedBy: at.slice(0, index) }
    value = Object.hasOwn(value, key) ? value[key] : undefined
  }
  return { value }
}

function put(root: MutableTable, at: KeyPath, value: unknown): void {
  let here = root
  for (const key of at.slice(0, -1)) {
    const next = here[key]
    if (isTable(next)) here = next as MutableTable
    else {
      const made = table()
      here[key] = made
      here = made
    }
  }
  here[at.at(-1)!] = value
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b)) return false
  return a.length === b.length && a.every((entry, index) => same(entry, b[index]))
}

/** A key as TOML writes it. */
export function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key)
}
