import type { SessionFact, SessionRepair } from '../../../session.js'

/** Counts what is read: fates of records, repairs, and the classes of things that make the facts of a session. */
export class SessionTally {
  readonly #fates = new Map<string, number>()
  readonly #repairs = new Map<string, number>()
  readonly #classes = new Map<string, number>()

  fate(code: string, count = 1): void {
    add(this.#fates, code, count)
  }

  repair(code: string, count = 1): void {
    add(this.#repairs, code, count)
  }

  seen(of: string, count = 1): void {
    add(this.#classes, of, count)
  }

  get counts(): { readonly [code: string]: number } {
    return Object.fromEntries(this.#fates)
  }

  get repairs(): readonly SessionRepair[] {
    return [...this.#repairs].map(([code, count]) => ({ code, count }))
  }

  facts(sessionId: string, file: string): readonly SessionFact[] {
    return [...this.#classes].map(([of, count]) => {
      const pointer = `session:${sessionId}#${of}`
      return { id: pointer, file, pointer, count }
    })
  }
}

function add(counts: Map<string, number>, key: string, count: number): void {
  if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count)
}
