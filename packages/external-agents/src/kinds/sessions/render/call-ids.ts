import { createHash } from 'node:crypto'

/** The longest id that model servers take. */
const maxIdLength = 64

/** Ids for the calls of one turn: the log's own, made short and unique where they are not. */
export class CallIds {
  readonly #used = new Set<string>()

  /** A new turn: ids of the last one are forgotten, except those of calls that are still open. */
  reset(open: Iterable<string>): void {
    this.#used.clear()
    for (const id of open) this.#used.add(id)
  }

  take(sourceId: string): string {
    const plain = plainId(sourceId)
    let id = plain
    for (let count = 2; this.#used.has(id); count++) id = plainId(`${plain}-${count}`)
    this.#used.add(id)
    return id
  }
}

function plainId(sourceId: string): string {
  const isPlain = sourceId.length <= maxIdLength && /^[\x21-\x7e]+$/.test(sourceId)
  return isPlain ? sourceId : `call_${createHash('sha256').update(sourceId).digest('hex').slice(0, 40)}`
}
