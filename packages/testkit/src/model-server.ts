import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { ModelReply, ReplyStep } from './script.js'
import { textReply } from './script.js'

/** One request that a model server got. */
export interface ModelRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON; the text where it is none; undefined without a body. */
  readonly body: unknown
  /** Aborts when the client goes away before the answer's end. */
  readonly signal: AbortSignal
}

/** What a model server says: replies in order, or a function of the request. */
export interface ModelServerOptions {
  readonly replies?: readonly ModelReply[]
  /** For every request that `replies` has none for. Default: a short text. */
  readonly otherwise?: (request: ModelRequest, number: number) => ModelReply
  /** Ids that `GET /v1/models` lists. */
  readonly models?: readonly string[]
  /** Default: any free one. */
  readonly port?: number
}

/** A real HTTP server on loopback that speaks the Responses API as it was told to. */
export interface ModelServer {
  /** `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly port: number
  /** `POST /v1/responses`, in order of arrival. */
  readonly requests: readonly ModelRequest[]
  /** Everything else that was asked for. */
  readonly others: readonly ModelRequest[]
  /** Adds to the end of what will be said. */
  reply(...replies: readonly ModelReply[]): void
  /** The `number`th request (from 0), once it has come. */
  request(number: number): Promise<ModelRequest>
  /** Breaks every connection. May be called twice. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a model server. Rejects when the port is taken. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const queue = [...(options.replies ?? [])]
  const otherwise = options.otherwise ?? (() => textReply('Nothing was scripted.'))
  const requests: ModelRequest[] = []
  const others: ModelRequest[] = []
  const waiting = new Map<number, ((request: ModelRequest) => void)[]>()

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, response)
    const path = request.url.replace(/\?.*$/s, '')
    if (request.method === 'POST' && path.endsWith('/responses')) {
      const number = requests.push(request) - 1
      for (const resolve of waiting.get(number) ?? []) resolve(request)
      waiting.delete(number)
      await play(queue.shift() ?? otherwise(request, number), response, request.signal)
      return
    }
    others.push(request)
    if (request.method === 'GET' && path.endsWith('/models')) {
      const data = (options.models ?? ['gpt-5.5']).map((id) => ({
        id,
        object: 'model',
        created: 0,
        owned_by: 'script',
      }))
      sendJson(response, 200, {}, { object: 'list', data })
      return
    }
    sendJson(response, 404, {}, { error: { message: `nothing at ${path}` } })
  }

  async function close(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    others,
    reply: (...replies) => void queue.push(...replies),
    request: (number) => {
      const known = requests[number]
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve) => {
        waiting.set(number, [...(waiting.get(number) ?? []), resolve])
      })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<ModelRequest> {
  const gone = new AbortController()
  response.on('close', () => gone.abort(new Error('the client went away')))
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    headers: incoming.headers,
    body: parsed(Buffer.concat(parts).toString('utf8')),
    signal: gone.signal,
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function play(reply: ModelReply, response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (reply.delayMs !== undefined) await delay(reply.delayMs, undefined, { signal })
  if (reply.status !== undefined && reply.status !== 200) {
    sendJson(response, reply.status, reply.headers ?? {}, reply.body ?? { error: { message: 'refused' } })
    return
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-request-id': 'req_scripted',
    ...reply.headers,
  })
  response.flushHeaders()
  let number = 0
  for (const step of reply.steps ?? []) {
    if (signal.aborted) return
    number = await perform(step, response, signal, number)
    if (step.do === 'cut' || step.do === 'destroy') return
  }
  response.end()
}

/** @returns the number of the next event */
async function perform(
  step: ReplyStep,
  response: ServerResponse,
  signal: AbortSignal,
  number: number,
): Promise<number> {
  switch (step.do) {
    case 'event':
      await write(response, framed({ sequence_number: number, ...step.event }), signal)
      return number + 1
    case 'deltas':
      return deltas(step, response, signal, number)
    case 'wait':
      await delay(step.ms, undefined, { signal })
      return number
    case 'until':
      await Promise.race([step.promise, gone(signal)])
      return number
    case 'raw':
      await write(response, step.text, signal)
      return number
    case 'stall':
      await gone(signal)
      return number
    case 'cut':
      response.end()
      return number
    case 'destroy':
      response.destroy()
      return number
    default:
      return step satisfies never
  }
}

/** Deltas that go out in one write: enough for speed, few enough that a reader can hold the writer back. */
const deltasPerWrite = 200

async function deltas(
  step: Extract<ReplyStep, { do: 'deltas' }>,
  response: ServerResponse,
  signal: AbortSignal,
  start: number,
): Promise<number> {
  let text = ''
  for (let index = 0; index < step.count; index += 1) {
    text += framed({
      type: 'response.output_text.delta',
      sequence_number: start + index,
      output_index: 0,
      content_index: 0,
      item_id: step.itemId,
      delta: step.text.replace('{n}', String(index)),
    })
    if ((index + 1) % deltasPerWrite !== 0 && index + 1 < step.count) continue
    await write(response, text, signal)
    text = ''
  }
  return start + step.count
}

function framed(event: Readonly<Record<string, unknown>>): string {
  return `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return
  await once(response, 'drain', { signal }).catch(() => undefined)
}

function gone(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function sendJson(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
