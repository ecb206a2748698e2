import { once } from 'node:events'
import { createAppServer } from '@gangway/app-server'
import { decodeMessage, encodeMessage, type RpcError } from '@gangway/protocol'
import { WebSocket } from 'ws'
import type { Place } from './place.js'
import { type ServerProcess, start, startUnixSocket, startWebSocket } from './server-process.js'
import { Wire } from './wire.js'

/** A way to a server that messages are sent over as texts. Disposing the wire ends what was started for it. */
export interface Way {
  readonly name: string
  open(at: Place): Promise<Wire>
}

/** The four ways to a server; three of them lead to the built program. Bodies of scenarios run over each that they fit. */
export const ways: readonly Way[] = [
  { name: 'in process', open: openInProcess },
  { name: 'over stdio', open: openStdio },
  { name: 'over a websocket', open: (at) => startWebSocket(at).then((server) => openSocket(server, server.address)) },
  {
    name: 'over a Unix socket',
    open: (at) => startUnixSocket(at).then((server) => openSocket(server, `ws+unix://${server.address}:/rpc`)),
  },
]

/** The ways that carry texts, among them such as are no messages. */
export const textWays: readonly Way[] = ways.filter(({ name }) => name !== 'in process')

async function openInProcess({ codexHome, env }: Place): Promise<Wire> {
  const server = await createAppServer({ codexHome, env })
  const link = server.connect({ sessionSource: 'exec' })
  const wire: Wire = new Wire(
    (text) => {
      const message = decodeMessage(text)
      if (message?.type === 'notification') link.notify(message.method, message.params)
      if (message?.type !== 'request') return
      const { id, method, params } = message
      link.request(id, method, params).then(
        (result) => wire.take(encodeMessage({ type: 'response', id, result })),
        (error: RpcError) => wire.take(encodeMessage({ type: 'error', id, error: error.toWire() })),
      )
    },
    async () => {
      await server.close()
    },
  )
  void (async () => {
    for await (const event of link.events) {
      if (event.type === 'notification' || event.type === 'request') wire.take(encodeMessage(event))
    }
  })()
  return wire
}

async function openStdio(at: Place): Promise<Wire> {
  const child = start(at)
  child.stderr.resume()
  const gone = once(child, 'close')
  const wire = new Wire(
    (text) => void child.stdin.write(`${text}\n`),
    async () => {
      child.stdin.end()
      await gone
    },
  )
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) wire.take(line)
  })
  return wire
}

async function openSocket(server: ServerProcess, url: string): Promise<Wire> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  await once(socket, 'open')
  const wire = new Wire(
    (text) => socket.send(text),
    async () => {
      socket.terminate()
      await server[Symbol.asyncDispose]()
    },
  )
  socket.on('message', (data) => wire.take(String(data)))
  return wire
}
