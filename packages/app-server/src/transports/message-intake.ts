import {
  decodeMessage,
  type ErrorMessage,
  encodeMessage,
  type Message,
  type MessageHead,
  type RequestId,
  type RequestMessage,
  type ResponseMessage,
  RpcError,
} from '@gangway/protocol'
import type { LineSink } from '@gangway/protocol/channel'
import type { Connection } from '../connection.js'
import { asRpcError, tooLarge } from '../refusals.js'
import type { Runtime } from '../runtime.js'
import { TextAnswer } from '../text-answer.js'
import { PAUSE_INPUT_AT } from './limits.js'
import type { MessageOutput } from './message-output.js'

/** Turns what a client writes into requests, and writes the answer to every one of them. */
export class MessageIntake implements LineSink {
  readonly #runtime: Runtime
  readonly #connection: Connection
  readonly #output: MessageOutput
  readonly #pauseInput: () => void

  /** @param pauseInput called whenever too many answers wait for the client; nothing more should be read meanwhile */
  constructor(runtime: Runtime, connection: Connection, output: MessageOutput, pauseInput: () => void) {
    this.#runtime = runtime
    this.#connection = connection
    this.#output = output
    this.#pauseInput = pauseInput
  }

  /** Takes one message: a line of a stream, or a frame. What is no message is dropped with a line in the log. */
  line(text: string): void {
    this.#runtime.wireLog?.message('c2s', this.#connection.connectionId, text)
    const message = decodeMessage(text)
    if (message === undefined) this.#drop(`no message: ${excerptOf(text)}`)
    else this.#take(message)
  }

  invalid(bytes: number): void {
    this.#drop(`${bytes} bytes that are not UTF-8`)
  }

  oversize({ id, method }: MessageHead): void {
    this.#drop(`longer than may be: ${method ?? 'unknown method'}`)
    if (id !== undefined && method !== undefined) this.#refuse(id, tooLarge())
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'request':
        this.#request(message)
        break
      case 'notification':
        // `initialized` is not waited for, and others are not known.
        break
      case 'response':
      case 'error':
        this.#reply(message)
        break
      default:
        message satisfies never
    }
  }

  #request(request: RequestMessage): void {
    try {
      const answer = this.#connection.handle(request.method, request.params, request.trace)
      if (answer instanceof Promise) this.#answerLater(request, answer)
      else this.#answer(request.id, answer)
    } catch (error) {
      this.#refuse(request.id, error)
    }
  }

  #answerLater({ id }: RequestMessage, answer: Promise<unknown>): void {
    answer.then((result) => this.#answer(id, result)).catch((error: unknown) => this.#refuse(id, error))
  }

  #answer(id: RequestId, result: unknown): void {
    const encode = (value: unknown) => encodeMessage({ type: 'response', id, result: value })
    if (result instanceof TextAnswer) this.#output.writePieces(result.encoded(encode))
    else this.#output.write(encode(result))
    this.#look()
  }

  #refuse(id: RequestId, error: unknown): void {
    this.#output.write(encodeMessage({ type: 'error', id, error: asRpcError(error).toWire() }))
    this.#look()
  }

  #look(): void {
    if (this.#output.backlog > PAUSE_INPUT_AT) this.#pauseInput()
  }

  #reply(message: ResponseMessage | ErrorMessage): void {
    const { serverRequests, log } = this.#runtime
    const isOpen =
      message.type === 'response'
        ? serverRequests.answer(this.#connection, message.id, message.result)
        : serverRequests.reject(this.#connection, message.id, RpcError.fromWire(message.error))
    if (!isOpen) log.write('warn', `ignored an answer to request ${String(message.id)}, which is not open`)
  }

  #drop(what: string): void {
    this.#runtime.log.write('error', `dropped a line of the client: ${what}`)
  }
}

/** Characters of a dropped line that the log shows. */
const EXCERPT_LENGTH = 80

function excerptOf(text: string): string {
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
}
