import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './peer.js'

/** A model on loopback that answers every request with the same words, and keeps what it was sent. */
export interface ModelServer {
  readonly requests: readonly Json[]
  /** The part of a `config.toml` that makes it the model. */
  readonly config: string
  close(): Promise<void>
}

/** Starts a model that speaks the Responses API. */
export async function startModel(answer = 'Understood.'): Promise<ModelServer> {
  const requests: Json[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      if (request.method !== 'POST' || !/\/responses$/.test(request.url ?? '')) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
        return
      }
      requests.push(JSON.parse(Buffer.concat(pieces).toString()) as Json)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(stream(requests.length, answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    requests,
    config: `model = "gpt-5.4"
model_provider = "scripted"
[model_providers.scripted]
name = "Scripted"
base_url = "http://127.0.0.1:${port}/v1"
wire_api = "responses"
requires_openai_auth = false
request_max_retries = 0
stream_max_retries = 0
supports_websockets = false
`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function stream(number: number, answer: string): string {
  const id = `resp_${number}`
  const usage = {
    input_tokens: 10,
    input_tokens_details: null,
    output_tokens: 2,
    output_tokens_details: null,
    total_tokens: 12,
  }
  const item = {
    type: 'message',
    role: 'assistant',
    id: `msg_${number}`,
    content: [{ type: 'output_text', text: answer }],
  }
  return [
    { type: 'response.created', response: { id } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id, usage } },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('')
}
