import { PassThrough } from 'node:stream'
import { decodeMessage, encodeMessage, type RequestId, RpcError } from '@gangway/protocol'
import type { QueueEvent } from '@gangway/protocol/channel'
import type { AppServerOptions } from '../../src/app-server.js'
import { runtimeSettings } from '../../src/create-app-server.js'
import type { Handlers } from '../../src/handler.js'
import { handlerFamilies } from '../../src/handlers/registry.js'
import { silentLog } from '../../src/log.js'
import { Runtime } from '../../src/runtime.js'
import { connectInProcess } from '../../src/transports/in-process.js'
import { StdioTransport } from '../../src/transports/stdio.js'
import { EventLog } from './event-log.js'

/** A client at the other end of some transport, for tests. */
export interface Peer {
  request(method: string, params?: unknown): Promise<unknown>
  requestAs(id: RequestId, method: string, params?: unknown): Promise<unknown>
  notify(method: string, params?: unknown): void
  answer(id: RequestId, result: unknown): void
  refuse(id: RequestId, error: RpcError): void
  readonly events: EventLog
  leave(): Promise<void>
}

/** A server with one way in. Several peers may come. */
export interface TestServer {
  readonly runtime: Runtime
  connect(): Peer
  [Symbol.asyncDispose](): Promise<void>
}

/** The same server behind every transport: the bodies of scenario tests run once for each. */
export const transports: readonly { readonly name: string; serve: Serve }[] = [
  { name: 'in process', serve: (options, standIns) => serve(options, standIns, connectTyped) },
  { name: 'over stdio', serve: (options, standIns) => serve(options, standIns, connectStreams) },
]

/** @param standIns handlers that a test puts in the place of the real ones, to hold them in its hand */
type Serve = (options: AppServerOptions, standIns?: Handlers) => TestServer

function serve(
  options: AppServerOptions,
  standIns: Handlers | undefined,
  connect: (runtime: Runtime) => Peer,
): TestServer {
  const settings = runtimeSettings({ env: {}, ...options }, silentLog)
  const runtime = new Runtime(settings, (server) => [Object.assign({}, ...handlerFamilies(server), standIns)])
  return {
    runtime,
    connect: () => connect(runtime),
    async [Symbol.asyncDispose]() {
      await runtime.close({ timeoutMs: 1_000 })
    },
  }
}

function connectTyped(runtime: Runtime): Peer {
  const link = connectInProcess(runtime, { sessionSource: 'exec' })
  const events = new EventLog()
  void readAll(link.events, events)
  let nextId = 1
  return {
    request: (method, params) => link.request(`own-${nextId++}`, method, params),
    requestAs: (id, method, params) => link.request(id, method, params),
    notify: (method, params) => link.notify(method, params),
    answer: (id, result) => link.answer(id, result),
    refuse: (id, error) => link.reject(id, error),
    events,
    leave: () => link.close(),
  }
}

async function readAll(queue: AsyncIterable<QueueEvent>, events: EventLog): Promise<void> {
  for await (const event of queue) events.add(event)
}

function connectStreams(runtime: Runtime): Peer {
  const input = new PassThrough()
  const output = new PassThrough()
  const transport = new StdioTransport(runtime, { input, output })
  const events = new EventLog()
  const open = new Map<RequestId, { resolve(result: unknown): void; reject(error: RpcError): void }>()
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const message = decodeMessage(line)
      if (message === undefined) throw new Error(`the server wrote no message: ${line}`)
      if (message.type === 'response') open.get(message.id)?.resolve(message.result)
      else if (message.type === 'error') open.get(message.id)?.reject(RpcError.fromWire(message.error))
      else events.add({ ...message, params: message.params })
    }
  })
  let nextId = 1
  const requestAs = (id: RequestId, method: string, params?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      open.set(id, { resolve, reject })
      input.write(`${encodeMessage({ type: 'request', id, method, params })}\n`)
    })
  return {
    request: (method, params) => requestAs(`own-${nextId++}`, method, params),
    requestAs,
    notify: (method, params) => input.write(`${encodeMessage({ type: 'notification', method, params })}\n`),
    answer: (id, result) => input.write(`${encodeMessage({ type: 'response', id, result })}\n`),
    refuse: (id, error) => input.write(`${encodeMessage({ type: 'error', id, error: error.toWire() })}\n`),
    events,
    async leave() {
      input.end()
      await transport.inputEnded
      await transport.close()
    },
  }
}
