import { type RequestMessage, RpcError } from '@gangway/protocol'
import { PeerConnection } from './peer-connection.js'
import type { PeerEnd, PeerWire } from './peer-wire.js'

/** Answers one method: gives the result, at once or later. An `RpcError` that it throws is the refusal. */
export type PeerAnswer = (params: unknown, call: PeerCall) => unknown

/** The request that an answer is for, and who made it. */
export interface PeerCall {
  readonly request: RequestMessage
  readonly connection: PeerConnection
}

/** What an answer gives to stay silent: the request is left open, or answered by the test itself. */
export const noAnswer: unique symbol = Symbol('no answer')

/** For wires: where what comes from a client goes to. */
export interface PeerIntake {
  readonly connection: PeerConnection
  received(text: string): void
  ended(end: PeerEnd): void
}

/** What a peer says to `initialize` unless it is told otherwise. */
export const initializeResult = {
  userAgent: 'peer/1.2.3 (Test 1; x64) dumb (peer; 1)',
  codexHome: '/home/peer/.codex',
  platformFamily: 'unix',
  platformOs: 'linux',
} as const

/**
 * An app-server that does what a test wrote down, for tests of clients.
 *
 * It answers `initialize`, refuses unknown methods as the reference does (-32600), and otherwise says only what its
 * script or the test says. The same script serves any number of connections over any wire.
 */
export class ScriptedPeer {
  /** Everyone who has connected so far, in order. */
  readonly connections: PeerConnection[] = []
  readonly #answers = new Map<string, PeerAnswer>([['initialize', () => initializeResult]])
  #watchers: (() => void)[] = []

  /** Lets `answer` answer `method`, instead of what did before. */
  on(method: string, answer: PeerAnswer): this {
    this.#answers.set(method, answer)
    return this
  }

  /** Waits for the `count`th connection. */
  async connection(count = 1): Promise<PeerConnection> {
    for (;;) {
      const connection = this.connections[count - 1]
      if (connection !== undefined) return connection
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }

  /** For wires: a client has connected. */
  accept(wire: PeerWire, headers?: Readonly<Record<string, string | undefined>>): PeerIntake {
    const connection = new PeerConnection(wire, headers)
    this.connections.push(connection)
    const watchers = this.#watchers
    this.#watchers = []
    for (const look of watchers) look()
    return {
      connection,
      received: (text) => {
        const message = connection.take(text)
        if (message?.type === 'request') void this.#answer(message, connection)
      },
      ended: (end) => connection.ended(end),
    }
  }

  async #answer(request: RequestMessage, connection: PeerConnection): Promise<void> {
    const { id, method, params } = request
    const answer = this.#answers.get(method)
    if (answer === undefined) {
      connection.error(id, -32600, `Invalid request: unknown variant \`${method}\``)
      return
    }
    try {
      const result = await answer(params, { request, connection })
      if (result !== noAnswer) connection.result(id, result)
    } catch (error) {
      if (error instanceof RpcError) connection.error(id, error.code, error.message, error.data)
      else connection.error(id, -32603, String(error))
    }
  }
}
