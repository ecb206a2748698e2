import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type ScriptedPart, scriptedAnswer } from './scripted-answers.js'

/** A model server on loopback that says what is written in `scripted-answers.ts`. No network, no intelligence. */
export interface ScriptedModel {
  /** Configuration that makes a server use it. */
  readonly config: { readonly [dottedKey: string]: unknown }
  /** Says on the screen what it is. */
  readonly label: string
  close(): Promise<void>
}

/** Milliseconds between two words: about as fast as people read. */
const wordMs = 25

/** Starts it on any free port. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      answer(request.url ?? '', body, response).catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const provider = 'model_providers.scripted'
  return {
    config: {
      model: 'scripted-demo',
      model_provider: 'scripted',
      [`${provider}.name`]: 'Scripted demo',
      [`${provider}.base_url`]: `http://127.0.0.1:${port}/v1`,
      [`${provider}.wire_api`]: 'responses',
      [`${provider}.requires_openai_auth`]: false,
      [`${provider}.supports_websockets`]: false,
      model_context_window: 100_000,
    },
    label: 'DEMO: scripted answers, no model',
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

async function answer(url: string, body: string, response: ServerResponse): Promise<void> {
  if (!url.startsWith('/v1/responses')) {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted-demo', object: 'model' }] }))
    return
  }
  const { input = [] } = JSON.parse(body) as { readonly input?: readonly unknown[] }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (event: { readonly type: string; readonly [member: string]: unknown }) =>
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  const id = `resp_${input.length}`
  send({ type: 'response.created', response: { id } })
  for (const [index, part] of scriptedAnswer(input).entries()) {
    await sendPart(part, `${id}_${index}`, index, send, () => response.destroyed)
  }
  const usage = {
    input_tokens: body.length >> 2,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 60,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: (body.length >> 2) + 60,
  }
  send({ type: 'response.completed', response: { id, usage } })
  response.end()
}

async function sendPart(
  part: ScriptedPart,
  id: string,
  index: number,
  send: (event: { readonly type: string; readonly [member: string]: unknown }) => void,
  isGone: () => boolean,
): Promise<void> {
  const at = { output_index: index, item_id: id }
  switch (part.type) {
    case 'message': {
      const head = { type: 'message', id, role: 'assistant' }
      send({ type: 'response.output_item.added', output_index: index, item: { ...head, content: [] } })
      for (const delta of part.text.match(/\S+\s*|\s+/g) ?? []) {
        if (isGone()) return
        send({ type: 'response.output_text.delta', ...at, content_index: 0, delta })
        await delay(wordMs)
      }
      const content = [{ type: 'output_text', text: part.text, annotations: [] }]
      send({ type: 'response.output_item.done', output_index: index, item: { ...head, content } })
      return
    }
    case 'reasoning': {
      const item = {
        type: 'reasoning',
        id,
        summary: [{ type: 'summary_text', text: part.text }],
        encrypted_content: '',
      }
      send({ type: 'response.output_item.added', output_index: index, item: { ...item, summary: [] } })
      send({
        type: 'response.reasoning_summary_part.added',
        ...at,
        summary_index: 0,
        part: { type: 'summary_text', text: '' },
      })
      send({ type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: part.text })
      await delay(wordMs * 10)
      send({ type: 'response.output_item.done', output_index: index, item })
      return
    }
    case 'call': {
      const item = {
        type: 'function_call',
        id,
        call_id: `call_${id}`,
        name: part.name,
        arguments: JSON.stringify(part.input),
      }
      send({ type: 'response.output_item.added', output_index: index, item: { ...item, arguments: '' } })
      send({ type: 'response.output_item.done', output_index: index, item })
      return
    }
    case 'patch': {
      const item = { type: 'custom_tool_call', id, call_id: `call_${id}`, name: 'apply_patch', input: part.text }
      send({ type: 'response.output_item.added', output_index: index, item: { ...item, input: '' } })
      send({ type: 'response.output_item.done', output_index: index, item })
      return
    }
    default:
      part satisfies never
  }
}
