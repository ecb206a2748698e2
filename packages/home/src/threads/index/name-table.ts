import { statSync } from 'node:fs'
import type { HomeLayout } from '../../layout.js'
import { readThreadNames } from '../names.js'

/** The names of threads, read again when `session_index.jsonl` has another time or size. */
export class NameTable {
  readonly #layout: HomeLayout
  #modifiedNs = -1n
  #size = -1n
  #names: ReadonlyMap<string, string> = new Map()

  constructor(layout: HomeLayout) {
    this.#layout = layout
  }

  get(threadId: string): string | null {
    return this.#names.get(threadId) ?? null
  }

  /** @returns whether the names were read again */
  look(): boolean {
    const stats = statSync(this.#layout.threadNames, { bigint: true, throwIfNoEntry: false })
    const modifiedNs = stats?.mtimeNs ?? 0n
    const size = stats?.size ?? 0n
    if (modifiedNs === this.#modifiedNs && size === this.#size) return false
    this.#names = readThreadNames(this.#layout)
    this.#modifiedNs = modifiedNs
    this.#size = size
    return true
  }
}
