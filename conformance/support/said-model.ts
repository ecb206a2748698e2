import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './peer.js'

/** A model on loopback that does what the person's last words name, and ends each turn with the same answer. */
export interface SaidModel {
  /** `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  /** Bodies of the requests, in order. */
  readonly requests: readonly Json[]
  close(): Promise<void>
}

const patch = (text: string) => ({ type: 'custom_tool_call', name: 'apply_patch', input: text })
const call = (name: string, input: Json) => ({ type: 'function_call', name, arguments: JSON.stringify(input) })
const words = (text: string) => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
})
const thought = (...parts: readonly string[]) => ({
  type: 'reasoning',
  summary: parts.map((text) => ({ type: 'summary_text', text })),
  encrypted_content: 'ENC',
})

/** What the model does first, by the word that is said. */
const scripts: { readonly [word: string]: readonly Json[] } = {
  THINK: [thought('**One** part', 'another part'), words('Thought.')],
  MUTE: [thought(), words('Quiet.')],
  TWO: [words('First.'), words('Second.')],
  RUN: [words('Running.'), call('exec_command', { cmd: 'echo hi; exit 4' })],
  LIST: [call('exec_command', { cmd: 'echo one' }), call('exec_command', { cmd: 'echo two' })],
  ESCALATE: [call('exec_command', { cmd: 'echo hi', sandbox_permissions: 'require_escalated', justification: 'why' })],
  ADD: [patch('*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch')],
  CHANGE: [patch('*** Begin Patch\n*** Update File: a.txt\n@@\n-one\n+two\n*** Delete File: b.txt\n*** End Patch')],
  WRONG: [patch('*** Begin Patch\n*** Update File: missing.txt\n@@\n-one\n+two\n*** End Patch')],
  PLAN: [
    call('update_plan', {
      explanation: 'why',
      plan: [
        { step: 'one', status: 'completed' },
        { step: 'two', status: 'in_progress' },
      ],
    }),
  ],
  SEARCH: [
    { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'cats' } },
    words('Found.'),
  ],
  NOTHING: [],
}

const refusals: { readonly [word: string]: readonly [number, string] } = {
  REFUSED: [400, '{"error":{"message":"bad thing","type":"invalid_request_error","code":"x"}}'],
  DENIED: [401, 'no auth'],
  BROKEN: [500, '{"error":{"message":"oops"}}'],
  LIMITED: [429, '{"error":{"message":"slow down","type":"rate_limit"}}'],
}

/** Starts the model. */
export async function startSaidModel(): Promise<SaidModel> {
  const requests: Json[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.method !== 'POST' || !/\/responses$/.test(request.url ?? '')) return void response.writeHead(404).end()
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json
    requests.push(body)
    answer(response, body.input as readonly Json[], requests.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, input: readonly Json[], number: number): void {
  const said = JSON.stringify(input.filter(({ role }) => role === 'user').at(-1)?.content ?? '')
  const refusal = Object.entries(refusals).find(([word]) => said.includes(word))?.[1]
  if (refusal !== undefined) {
    response.writeHead(refusal[0], { 'content-type': 'application/json' }).end(refusal[1])
    return
  }
  const isBack = /call_output$/.test(String(input.at(-1)?.type))
  const script = isBack ? undefined : Object.entries(scripts).find(([word]) => said.includes(word))?.[1]
  const items = (script ?? [words('The answer.')]).map((item, at) => ({
    id: `item_${number}_${at}`,
    ...(/_call$/.test(String(item.type)) && item.type !== 'web_search_call' && { call_id: `call_${number}_${at}` }),
    ...item,
  }))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(
    events(items, number)
      .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(''),
  )
}

function events(items: readonly Json[], number: number): readonly Json[] {
  const usage = {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 256 },
    output_tokens: 40,
    output_tokens_details: { reasoning_tokens: 8 },
    total_tokens: 1040,
  }
  const response = { id: `resp_${number}`, object: 'response', output: items, usage }
  return [
    { type: 'response.created', response: { ...response, output: [], usage: null } },
    ...items.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item },
      { type: 'response.output_item.done', output_index, item },
    ]),
    { type: 'response.completed', response: { ...response, status: 'completed' } },
  ]
}
