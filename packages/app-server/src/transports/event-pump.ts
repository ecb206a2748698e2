import { encodeMessage } from '@gangway/protocol'
import type { EventQueue, QueueEvent } from '@gangway/protocol/channel'
import type { Log } from '../log.js'
import type { MessageOutput } from './message-output.js'

/** Takes what a client is told out of its queue, and writes it as fast as the client reads. */
export class EventPump {
  /** Resolves when the queue is closed and everything in it was written. */
  readonly ended: Promise<void>
  readonly #output: MessageOutput
  readonly #log: Log

  constructor(events: EventQueue, output: MessageOutput, log: Log) {
    this.#output = output
    this.#log = log
    this.ended = this.#run(events)
  }

  async #run(events: EventQueue): Promise<void> {
    for await (const first of events) {
      // Whatever waits goes out in the same turn; a slow client's events stay in the queue, where they are bounded.
      for (let event: QueueEvent | undefined = first; event !== undefined; event = this.#next(events))
        this.#write(event)
      if (this.#output.isBackedUp) await this.#output.below()
    }
  }

  #next(events: EventQueue): QueueEvent | undefined {
    return this.#output.isBackedUp ? undefined : events.take()
  }

  #write(event: QueueEvent): void {
    switch (event.type) {
      case 'notification':
      case 'legacyNotification': {
        const { method, params } = event
        this.#output.write(encodeMessage({ type: 'notification', method, params, emittedAtMs: Date.now() }))
        break
      }
      case 'request':
        this.#output.write(encodeMessage(event))
        break
      case 'lagged': {
        // The protocol has no word for a gap, so the client cannot be told.
        const methods = JSON.stringify(event.byMethod)
        this.#log.write('warn', `dropped ${event.skipped} events for a slow client: ${methods}`)
        break
      }
      case 'disconnected':
        break
      default:
        event satisfies never
    }
  }
}
