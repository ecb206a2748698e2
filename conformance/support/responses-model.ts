import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './peer.js'

/** A model that runs what it is told to: `run COMMAND` makes it call the shell once; anything else it repeats. */
export interface ResponsesModel {
  /** The part of a `config.toml` that makes the reference talk to it. */
  readonly configToml: string
  close(): Promise<void>
}

/** Serves the model on loopback. */
export async function startModel(): Promise<ResponsesModel> {
  let count = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.method !== 'POST') return void response.writeHead(404).end()
    const { input = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { input?: readonly Json[] }
    reply(response, itemFor(input, ++count), count)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    configToml: `model = "gpt-5.5"
model_provider = "mock"
[model_providers.mock]
name = "Mock"
base_url = "http://127.0.0.1:${port}/v1"
wire_api = "responses"
requires_openai_auth = false
supports_websockets = false
`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function itemFor(input: readonly Json[], count: number): Json {
  const last = input.at(-1)
  const said = JSON.stringify(input.filter(({ type, role }) => type === 'message' && role === 'user').at(-1)?.content)
  const command = /"text":"run ([^"]+)"/.exec(said)?.[1]
  if (command !== undefined && last?.type === 'message') {
    const given = JSON.stringify({ cmd: command })
    return {
      type: 'function_call',
      id: `fc_${count}`,
      call_id: `call_${count}`,
      name: 'exec_command',
      arguments: given,
    }
  }
  const text = `answer ${count}`
  const content = [{ type: 'output_text', text, annotations: [] }]
  return { type: 'message', id: `msg_${count}`, role: 'assistant', status: 'completed', content }
}

function reply(response: ServerResponse, item: Json, count: number): void {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  const whole = { id: `resp_${count}`, object: 'response', status: 'completed', output: [item], usage }
  const events: Json[] = [
    { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: whole },
  ]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  response.end()
}
