import type { LaggedEvent, QueueEvent } from '@gangway/protocol/channel'

const DELTA = 'item/agentMessage/delta'

interface AgentMessage {
  readonly id: string
  /** Words that were given. Only ever added to: a look at the whole of it costs its length. */
  given: string
  /** Words behind them. */
  waiting: string
  isOver: boolean
  /** Deltas may be missing: nothing more is given until the message is complete. */
  isUnsure: boolean
}

/**
 * Makes the agent's words out of the events of one thread: complete, in order, each given once.
 *
 * The completed item is the truth: it adds what no delta has brought, and decides where they differ. Deltas without a
 * start, completions without deltas, and completions with an empty text are taken as they come. One message is given
 * after the other: words of the next wait until the one before is complete.
 */
export class TextAccumulator {
  #finished = ''
  #open: AgentMessage[] = []
  readonly #over = new Set<string>()
  /** A gap has come: what began in it is not known to begin where its first delta does. */
  #hasGap = false

  /** Everything that is known so far. Where deltas were lost it may differ from what was given. */
  get text(): string {
    return this.#open.reduce((text, { given, waiting }) => text + given + waiting, this.#finished)
  }

  /** Takes an event. @returns the words that it adds, mostly none */
  push(event: QueueEvent | { readonly type: string }): string {
    const { type, method, params } = event as { type: string; method?: string; params?: unknown }
    if (type === 'lagged') this.#lagged(event as LaggedEvent)
    if (type !== 'notification') return ''
    const { itemId, delta, item } = (params ?? {}) as {
      readonly itemId?: string
      readonly delta?: string
      readonly item?: { readonly id: string; readonly type: string; readonly text?: string }
    }
    if (method === DELTA && itemId !== undefined) this.#grew(itemId, delta ?? '')
    else if (method === 'item/started' && item?.type === 'agentMessage') this.#started(item.id)
    else if (method === 'item/completed' && item?.type === 'agentMessage') this.#completed(item.id, item.text ?? '')
    else if (method === 'turn/completed') return this.end()
    return this.#advance()
  }

  /** No more events of this turn come: gives the words that were held back. */
  end(): string {
    for (const message of this.#open) message.isOver = true
    const words = this.#advance()
    this.#over.clear()
    this.#hasGap = false
    return words
  }

  #started(id: string): void {
    if (this.#over.has(id) || this.#open.some((message) => message.id === id)) return
    this.#message(id).isUnsure = false
  }

  #grew(id: string, delta: string): void {
    if (this.#over.has(id)) return
    this.#message(id).waiting += delta
  }

  #completed(id: string, truth: string): void {
    if (this.#over.has(id)) return
    const message = this.#message(id)
    message.isOver = true
    if (truth === '' || truth === message.given + message.waiting) return
    // What was given cannot be taken back: the words go on from where it was right.
    const right = commonLength(message.given, truth)
    message.given = truth.slice(0, right)
    message.waiting = truth.slice(right)
  }

  /** A gap of 0 is one of which nobody knows how much it was. */
  #lagged({ skipped, byMethod }: LaggedEvent): void {
    const mayMissWords = skipped === 0 || (byMethod[DELTA] ?? 0) > 0
    if (!mayMissWords) return
    this.#hasGap = true
    for (const message of this.#open) message.isUnsure = true
  }

  #message(id: string): AgentMessage {
    const known = this.#open.find((message) => message.id === id)
    if (known !== undefined) return known
    const message: AgentMessage = { id, given: '', waiting: '', isOver: false, isUnsure: this.#hasGap }
    this.#open.push(message)
    return message
  }

  #advance(): string {
    let added = ''
    for (let head = this.#open[0]; head !== undefined; head = this.#open[0]) {
      if (head.isOver || !head.isUnsure) {
        added += head.waiting
        head.given += head.waiting
        head.waiting = ''
      }
      if (!head.isOver) break
      this.#finished += head.given + head.waiting
      this.#over.add(head.id)
      this.#open.shift()
    }
    return added
  }
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1
  return length
}
