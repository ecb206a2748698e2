import type { QueueEvent } from '@gangway/protocol/channel'
import { TextAccumulator } from './text-accumulator.js'

/** A reader of the agent's words: holds those that have come and were not taken, joined. */
export class TextReader {
  readonly #accumulator = new TextAccumulator()
  #waiting = ''

  saw(event: QueueEvent): void {
    this.#waiting += this.#accumulator.push(event)
  }

  /** Nothing comes any more: words that were held back are given. */
  end(): void {
    this.#waiting += this.#accumulator.end()
  }

  take(): string | undefined {
    if (this.#waiting === '') return undefined
    const words = this.#waiting
    this.#waiting = ''
    return words
  }

  hasAll(): boolean {
    return this.#waiting === ''
  }
}
