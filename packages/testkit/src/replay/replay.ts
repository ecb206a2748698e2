import {
  decodeMessage,
  deliveryClassOf,
  encodeMessage,
  type Message,
  type NotificationMessage,
  type RequestId,
  type RequestMessage,
} from '@gangway/protocol'
import type { RecordedConnection, RecordedStep } from './recording.js'
import { Sameness, type SamenessOptions } from './sameness.js'

/** A server to play a recording against: gives texts to `received` as they come. */
export type ReplayServer = (received: (text: string) => void) => Promise<ReplayConnection>

/** A client's side of a connection to that server. */
export interface ReplayConnection {
  send(text: string): void
  close(): Promise<void>
}

/** How to play. */
export interface ReplayOptions extends SamenessOptions {
  /** Milliseconds to wait for what the recording says must come, each time. Default 10 000. */
  readonly timeoutMs?: number
}

/** What came of a replay. */
export interface ReplayReport {
  /** Answers, lossless notifications and requests of the server that were compared. */
  readonly compared: number
  /** What is not as it was recorded, one line each, in the recorded order. Empty: the server still says the same. */
  readonly differences: readonly string[]
}

const TIMEOUT_MS = 10_000

/**
 * Plays the client's side of a recorded connection against a server, and compares what the server says.
 *
 * Each text of the client is sent once everything has come that the server had said before it in the recording: answers,
 * lossless notifications, requests. Best-effort notifications may come or not, and are not compared. Ids that the
 * server makes up, times, and what `options` name may differ; a made-up id must stand for the same thing everywhere.
 */
export async function replay(
  recorded: RecordedConnection,
  server: ReplayServer,
  options: ReplayOptions = {},
): Promise<ReplayReport> {
  const player = new Player(options)
  const connection = await server((text) => player.received(text))
  try {
    for (const step of recorded.steps) {
      if (step.direction === 's2c') await player.expect(step)
      else connection.send(player.wordsOf(step))
    }
    return player.report()
  } finally {
    await connection.close()
  }
}

class Player {
  readonly #sameness: Sameness
  readonly #timeoutMs: number
  /** What the server has said and no step was compared with. */
  readonly #heard: Message[] = []
  /** Recorded ids of the server's requests, and what they are now. */
  readonly #asked = new Map<RequestId, RequestId>()
  readonly #differences: string[] = []
  #compared = 0
  #wake: () => void = () => {}

  constructor(options: ReplayOptions) {
    this.#sameness = new Sameness(options)
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  }

  received(text: string): void {
    const message = decodeMessage(text)
    if (message === undefined) this.#differences.push(`the server said what is no message: ${text.slice(0, 200)}`)
    else this.#heard.push(message)
    this.#wake()
  }

  /** What the client says in this step, with the ids of now. */
  wordsOf({ text, message }: RecordedStep): string {
    if (message?.type === 'response' || message?.type === 'error') {
      return this.#sameness.translate(encodeMessage({ ...message, id: this.#asked.get(message.id) ?? message.id }))
    }
    return this.#sameness.translate(text)
  }

  /** Waits for what the server said in this step, and compares it. */
  async expect({ message }: RecordedStep): Promise<void> {
    if (message === undefined || isBestEffort(message)) return
    this.#compared += 1
    const now = await this.#next((heard) => answers(message, heard))
    const what = nameOf(message)
    if (now === undefined) {
      this.#differences.push(`${what} did not come`)
      return
    }
    if (message.type === 'request' && now.type === 'request') this.#asked.set(message.id, now.id)
    const difference = this.#sameness.difference(contentOf(message), contentOf(now))
    if (difference !== undefined) this.#differences.push(`${what} ${difference}`)
  }

  report(): ReplayReport {
    const left = this.#heard.filter((message) => !isBestEffort(message))
    const unexpected = left.map((message) => `${nameOf(message)} came and is not in the recording`)
    return { compared: this.#compared, differences: [...this.#differences, ...unexpected] }
  }

  async #next(fits: (message: Message) => boolean): Promise<Message | undefined> {
    const deadline = performance.now() + this.#timeoutMs
    for (;;) {
      const index = this.#heard.findIndex(fits)
      if (index >= 0) return this.#heard.splice(index, 1)[0]
      const left = deadline - performance.now()
      if (left <= 0) return undefined
      await this.#something(left)
    }
  }

  #something(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function isBestEffort(message: Message): boolean {
  return message.type === 'notification' && deliveryClassOf(message.method) !== 'lossless'
}

/** Whether what was heard is what the recording means: the answer to the same request, the next of the same method. */
function answers(recorded: Message, heard: Message): boolean {
  if (
    (recorded.type === 'response' || recorded.type === 'error') &&
    (heard.type === 'response' || heard.type === 'error')
  )
    return recorded.id === heard.id
  return hasMethod(recorded) && recorded.type === heard.type && recorded.method === heard.method
}

function hasMethod(message: Message): message is NotificationMessage | RequestMessage {
  return message.type === 'notification' || message.type === 'request'
}

function contentOf(message: Message): unknown {
  if (hasMethod(message)) return { params: message.params }
  return message.type === 'response' ? { result: message.result } : { error: message.error }
}

function nameOf(message: Message): string {
  if (hasMethod(message)) return `${message.type} ${message.method}`
  return `the answer to request ${JSON.stringify(typeof message.id === 'bigint' ? String(message.id) : message.id)}`
}
