import type { ModelEvent } from './model-client.js'

/** Cuts server-sent events out of bytes. All that one piece of bytes completes comes at once, and costs no promise each. */
export class EventStreamParser {
  readonly #decoder = new TextDecoder()
  #rest = ''
  #data = ''

  /**
   * @returns the events that are whole now; data that is no JSON object with a `type` is passed over
   * @throws Error when an event is longer than any that a model server means to send
   */
  push(bytes: Uint8Array): ModelEvent[] {
    const more = this.#decoder.decode(bytes, { stream: true })
    if (this.#rest.length + this.#data.length + more.length > maxCharacters) {
      throw new Error(`the model server sent an event of more than ${maxCharacters} characters`)
    }
    // A long line is looked through once, not with every piece of it.
    if (!more.includes('\n')) {
      this.#rest += more
      return []
    }
    const text = this.#rest + more
    const events: ModelEvent[] = []
    let from = 0
    for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', from)) {
      const to = at > from && text.charCodeAt(at - 1) === carriageReturn ? at - 1 : at
      if (to === from) this.#finish(events)
      else if (text.startsWith('data:', from)) this.#add(text, from, to)
      from = at + 1
    }
    this.#rest = text.slice(from)
    return events
  }

  /** The last event, where the server left out the empty line behind it. */
  end(): ModelEvent[] {
    const events = this.push(new TextEncoder().encode('\n'))
    this.#finish(events)
    return events
  }

  #add(text: string, from: number, to: number): void {
    const start = from + (text.charCodeAt(from + 5) === space ? 6 : 5)
    const value = text.slice(start, to)
    this.#data = this.#data === '' ? value : `${this.#data}\n${value}`
  }

  #finish(events: ModelEvent[]): void {
    const data = this.#data
    if (data === '') return
    this.#data = ''
    try {
      const event = JSON.parse(data) as ModelEvent | null
      if (typeof event?.type === 'string') events.push(event)
    } catch {
      // `[DONE]`, or garbage: a broken stream shows by its missing end.
    }
  }
}

/** Pictures come in one event, and are some ten million characters at most. */
const maxCharacters = 64 * 1024 * 1024
const carriageReturn = 13
const space = 32
