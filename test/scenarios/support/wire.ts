import { decodeMessage, type Message } from '@gangway/protocol'

/** A client that sends texts and keeps what comes, whatever the way. */
export class Wire {
  /** Every text of the server so far. */
  readonly texts: string[] = []
  readonly messages: Message[] = []
  readonly #send: (text: string) => void
  readonly #end: () => Promise<void>
  #waiting: (() => void)[] = []

  constructor(send: (text: string) => void, end: () => Promise<void>) {
    this.#send = send
    this.#end = end
  }

  /** Sends a text as it is, or an object as JSON. */
  send(message: string | object): void {
    this.#send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Introduces itself, and waits for the answer. */
  async introduce(capabilities: object | null = { experimentalApi: true }): Promise<Message> {
    const params = { clientInfo: { name: 'scenario', version: '1.0' }, capabilities }
    this.send({ id: 'introduction', method: 'initialize', params })
    return this.answer('introduction')
  }

  /** Waits for the answer to the request with this id; one that has come counts. */
  answer(id: string | number | bigint): Promise<Message> {
    return this.sees((message) => (message.type === 'response' || message.type === 'error') && message.id === id)
  }

  async sees(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** For ways: a text has come. */
  take(text: string): void {
    const message = decodeMessage(text)
    if (message === undefined) throw new Error(`the server said what is no message: ${text}`)
    this.texts.push(text)
    this.messages.push(message)
    for (const wake of this.#waiting.splice(0)) wake()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end()
  }
}
