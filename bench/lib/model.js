// A model in a process of its own, so that its work is not counted with the client's. Prints its address. What it says follows the
// person's last words: `deltas N` a text of N deltas, `stamp` one delta that holds the time at which it left, `run COMMAND` a
// call of the shell, anything else a few words.
import { createServer } from 'node:http'

const itemId = `msg_${'5a'.repeat(24)}`
const usage = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 15,
}
const texts = new Map()

const server = createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  if (!request.url?.endsWith('/responses')) return response.writeHead(404).end('{}')
  const { input } = JSON.parse(Buffer.concat(parts).toString())
  const at = input.findLastIndex(({ type, role }) => type === 'message' && role === 'user')
  const words = JSON.stringify(input[at].content)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.socket?.setNoDelay(true)
  const command = /run ([^"]+)"/.exec(words)?.[1]
  if (command !== undefined && at === input.length - 1) return response.end(call(command))
  if (words.includes('stamp')) {
    response.write(head())
    await new Promise((resolve) => setTimeout(resolve, 20))
    const text = String(performance.timeOrigin + performance.now())
    response.write(delta(text))
    return response.end(tail(text))
  }
  const count = Number(/deltas (\d+)/.exec(words)?.[1] ?? 3)
  response.end(text(count))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/v1\n`))

function text(count) {
  let known = texts.get(count)
  if (known === undefined) {
    known = Buffer.from(head() + delta('word and ').repeat(count) + tail('word and '.repeat(count)))
    texts.set(count, known)
  }
  return known
}

function head() {
  const item = { type: 'message', id: itemId, role: 'assistant', status: 'in_progress', content: [] }
  return (
    framed({ type: 'response.created', response: { id: 'resp_1', object: 'response', output: [] } }) +
    framed({ type: 'response.output_item.added', output_index: 0, item })
  )
}

function delta(text) {
  return framed({
    type: 'response.output_text.delta',
    output_index: 0,
    content_index: 0,
    item_id: itemId,
    delta: text,
  })
}

function tail(text) {
  const content = [{ type: 'output_text', text, annotations: [] }]
  return finished({ type: 'message', id: itemId, role: 'assistant', status: 'completed', content })
}

function call(cmd) {
  const item = {
    type: 'function_call',
    id: 'fc_1',
    call_id: `call_${Date.now()}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd, yield_time_ms: 30_000 }),
  }
  return (
    framed({ type: 'response.created', response: { id: 'resp_1', object: 'response', output: [] } }) + finished(item)
  )
}

function finished(item) {
  const response = { id: 'resp_1', object: 'response', status: 'completed', output: [], usage }
  return (
    framed({ type: 'response.output_item.done', output_index: 0, item }) +
    framed({ type: 'response.completed', response })
  )
}

function framed(event) {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
