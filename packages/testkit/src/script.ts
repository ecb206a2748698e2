/** One server-sent event of the Responses API. `sequence_number` is put in where it is missing. */
export type ModelEvent = Readonly<Record<string, unknown>> & { readonly type: string }

/** What the model server does next within a streamed answer. */
export type ReplyStep =
  | { readonly do: 'event'; readonly event: ModelEvent }
  /** `count` text deltas, as fast as the reader takes them. `{n}` in the text becomes the number. */
  | { readonly do: 'deltas'; readonly itemId: string; readonly text: string; readonly count: number }
  | { readonly do: 'wait'; readonly ms: number }
  /** Goes on when the promise does. */
  | { readonly do: 'until'; readonly promise: Promise<unknown> }
  /** Bytes as they are. */
  | { readonly do: 'raw'; readonly text: string }
  /** Says nothing more, and keeps the connection. */
  | { readonly do: 'stall' }
  /** Ends the body, without the last event. */
  | { readonly do: 'cut' }
  /** Breaks the connection. */
  | { readonly do: 'destroy' }

/** What one request gets. */
export interface ModelReply {
  /** Default 200: a stream of `steps`. Any other: `body` and nothing else. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is when a string, as JSON otherwise. Only with a `status` that is not 200. */
  readonly body?: unknown
  /** Before the head goes out. */
  readonly delayMs?: number
  readonly steps?: readonly ReplyStep[]
}

/** Tokens of a response, as the API counts them. */
export interface ScriptedUsage {
  readonly input: number
  readonly cached?: number
  readonly output: number
  readonly reasoning?: number
}

/** One item of a scripted response: its events, and the item as the last event lists it. */
export interface ScriptedItem {
  readonly steps: (outputIndex: number) => readonly ReplyStep[]
  readonly item: Readonly<Record<string, unknown>>
}

let counted = 0

/** An id as the API makes them, unique in this process: `msg_` and 48 hex digits. */
export function modelId(prefix: string): string {
  counted += 1
  return `${prefix}_${counted.toString(16).padStart(8, '0')}${'5a'.repeat(20)}`
}

/** An answer that is refused: a status, a body, headers. */
export function refusal(
  status: number,
  body: unknown = { error: { message: `scripted ${status}`, type: 'server_error' } },
  headers: Readonly<Record<string, string>> = {},
): ModelReply {
  return { status, body, headers }
}

/** How a scripted response ends, and what goes with it. */
export interface RespondOptions {
  readonly usage?: ScriptedUsage
  readonly headers?: Readonly<Record<string, string>>
  readonly delayMs?: number
  /** Default `completed`. */
  readonly end?:
    | 'completed'
    | 'stall'
    | 'cut'
    | 'destroy'
    | { readonly failed: { readonly code: string; readonly message: string } }
    | { readonly incomplete: string }
}

/** A streamed response of `items`, in order, with its first and last event. */
export function respond(items: readonly ScriptedItem[], options: RespondOptions = {}): ModelReply {
  const base = { id: modelId('resp'), object: 'response', created_at: 0, output: [], usage: null }
  const steps: ReplyStep[] = [event({ type: 'response.created', response: { ...base, status: 'in_progress' } })]
  items.forEach((item, index) => {
    steps.push(...item.steps(index))
  })
  steps.push(lastStep(base, items, options))
  return {
    steps,
    ...(options.headers === undefined ? {} : { headers: options.headers }),
    ...(options.delayMs === undefined ? {} : { delayMs: options.delayMs }),
  }
}

/** A message of the assistant, in `chunks` (default: word by word). */
export function message(
  text: string,
  options: { readonly chunks?: readonly string[]; readonly phase?: string; readonly before?: ReplyStep } = {},
): ScriptedItem {
  const id = modelId('msg')
  const head = { type: 'message', id, role: 'assistant', ...(options.phase ? { phase: options.phase } : {}) }
  const item = { ...head, status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] }
  return {
    item,
    steps: (index) => [
      added(index, { ...head, status: 'in_progress', content: [] }),
      ...(options.chunks ?? words(text)).map((delta) => textDelta(id, delta, index)),
      ...(options.before === undefined ? [] : [options.before]),
      done(index, item),
    ],
  }
}

/** A message of `count` deltas, each `text`, as fast as they are read. */
export function manyDeltas(count: number, text = 'delta '): ScriptedItem {
  const id = modelId('msg')
  const head = { type: 'message', id, role: 'assistant' }
  const item = {
    ...head,
    status: 'completed',
    content: [{ type: 'output_text', text: text.repeat(count), annotations: [] }],
  }
  return {
    item,
    steps: (index) => [
      added(index, { ...head, status: 'in_progress', content: [] }),
      { do: 'deltas', itemId: id, text, count },
      done(index, item),
    ],
  }
}

/** Reasoning: summaries, and the raw text where the model shows it. */
export function reasoning(summary: readonly string[], content: readonly string[] = []): ScriptedItem {
  const id = modelId('rs')
  const item = {
    type: 'reasoning',
    id,
    summary: summary.map((text) => ({ type: 'summary_text', text })),
    ...(content.length === 0 ? {} : { content: content.map((text) => ({ type: 'reasoning_text', text })) }),
    encrypted_content: 'ENC',
  }
  return {
    item,
    steps: (index) => [
      added(index, { type: 'reasoning', id, summary: [], encrypted_content: null }),
      ...summary.flatMap((text, part) => [
        event({
          type: 'response.reasoning_summary_part.added',
          output_index: index,
          item_id: id,
          summary_index: part,
          part: { type: 'summary_text', text: '' },
        }),
        ...words(text).map((delta) =>
          event({
            type: 'response.reasoning_summary_text.delta',
            output_index: index,
            item_id: id,
            summary_index: part,
            delta,
          }),
        ),
      ]),
      ...content.flatMap((text, part) =>
        words(text).map((delta) =>
          event({
            type: 'response.reasoning_text.delta',
            output_index: index,
            item_id: id,
            content_index: part,
            delta,
          }),
        ),
      ),
      done(index, item),
    ],
  }
}

/** A call of a function tool. @param input an object becomes JSON; a string is sent as it is */
export function toolCall(
  name: string,
  input: unknown,
  options: { readonly callId?: string; readonly namespace?: string } = {},
): ScriptedItem {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  const id = modelId('fc')
  const head = {
    type: 'function_call',
    id,
    call_id: options.callId ?? modelId('call'),
    name,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  }
  const item = { ...head, arguments: text, status: 'completed' }
  return {
    item,
    steps: (index) => [
      added(index, { ...head, arguments: '', status: 'in_progress' }),
      event({ type: 'response.function_call_arguments.delta', output_index: index, item_id: id, delta: text }),
      event({ type: 'response.function_call_arguments.done', output_index: index, item_id: id, arguments: text }),
      done(index, item),
    ],
  }
}

/** A call of a custom tool, such as `apply_patch`: its input is text. */
export function customCall(name: string, input: string, options: { readonly callId?: string } = {}): ScriptedItem {
  const id = modelId('ctc')
  const head = { type: 'custom_tool_call', id, call_id: options.callId ?? modelId('call'), name }
  const item = { ...head, input, status: 'completed' }
  return {
    item,
    steps: (index) => [
      added(index, { ...head, input: '', status: 'in_progress' }),
      ...(input.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((delta) =>
        event({
          type: 'response.custom_tool_call_input.delta',
          output_index: index,
          item_id: id,
          call_id: head.call_id,
          delta,
        }),
      ),
      event({ type: 'response.custom_tool_call_input.done', output_index: index, item_id: id, input }),
      done(index, item),
    ],
  }
}

/** Any other item, added and done at once. */
export function rawItem(item: Readonly<Record<string, unknown>>): ScriptedItem {
  return { item, steps: (index) => [added(index, item), done(index, item)] }
}

/** A plain answer, the most common reply. */
export function textReply(text: string, options: RespondOptions = {}): ModelReply {
  return respond([message(text)], options)
}

function lastStep(base: object, items: readonly ScriptedItem[], options: RespondOptions): ReplyStep {
  const end = options.end ?? 'completed'
  if (end === 'stall' || end === 'cut' || end === 'destroy') return { do: end }
  if (typeof end === 'object' && 'failed' in end) {
    return event({ type: 'response.failed', response: { ...base, status: 'failed', error: end.failed } })
  }
  if (typeof end === 'object') {
    const response = { ...base, status: 'incomplete', incomplete_details: { reason: end.incomplete } }
    return event({ type: 'response.incomplete', response })
  }
  const response = {
    ...base,
    status: 'completed',
    output: items.map(({ item }) => item),
    usage: wireUsage(options.usage ?? { input: 1_000, cached: 256, output: 40, reasoning: 8 }),
  }
  return event({ type: 'response.completed', response })
}

function wireUsage(usage: ScriptedUsage): object {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cached ?? 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: usage.input + usage.output,
  }
}

function event(value: ModelEvent): ReplyStep {
  return { do: 'event', event: value }
}

function added(index: number, item: object): ReplyStep {
  return event({ type: 'response.output_item.added', output_index: index, item })
}

function done(index: number, item: object): ReplyStep {
  return event({ type: 'response.output_item.done', output_index: index, item })
}

function textDelta(itemId: string, delta: string, index: number): ReplyStep {
  return event({ type: 'response.output_text.delta', output_index: index, content_index: 0, item_id: itemId, delta })
}

function words(text: string): readonly string[] {
  return text.match(/\S+\s*/g) ?? [text]
}
