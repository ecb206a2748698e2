import type { ResponseItem } from '@gangway/protocol'

/** Bytes of text that count as one token. Source: reference 0.169.0. */
const bytesPerToken = 4

/** What the model is told with every request: the items of the conversation, oldest first. */
export class History {
  #items: ResponseItem[]
  #load: (() => Promise<readonly ResponseItem[]>) | undefined
  #loading: Promise<void> | undefined

  /** @param items what is there, or what reads it once it is needed: then {@link ready} comes before everything else */
  constructor(items: readonly ResponseItem[] | (() => Promise<readonly ResponseItem[]>) = []) {
    if (typeof items === 'function') this.#load = items
    this.#items = typeof items === 'function' ? [] : [...items]
  }

  /** Reads what has not been read. Rejects as the reading does; the next call tries again. */
  async ready(): Promise<void> {
    const load = this.#load
    if (load === undefined) return
    this.#loading ??= load()
      .then((items) => {
        this.#items = [...items, ...this.#items]
        this.#load = undefined
      })
      .finally(() => {
        this.#loading = undefined
      })
    await this.#loading
  }

  get items(): readonly ResponseItem[] {
    return this.#items
  }

  add(items: readonly ResponseItem[]): void {
    for (const item of items) this.#items.push(item)
  }

  replace(items: readonly ResponseItem[]): void {
    this.#items = [...items]
  }

  /** Fit to be sent: every call has an output and every output its call, in order. A model server refuses others. */
  forRequest(): ResponseItem[] {
    const answered = new Set<string>()
    const called = new Set<string>()
    for (const item of this.#items) {
      if (isOutput(item)) answered.add(String(item.call_id))
      else if (isCall(item)) called.add(String(item.call_id))
    }
    return this.#items.flatMap((item) => {
      if (isOutput(item) && item.call_id != null && !called.has(item.call_id)) return []
      if (!isCall(item) || answered.has(String(item.call_id))) return [item]
      return [item, abortedOutput(item)]
    })
  }

  /** A guess, from the text of it. */
  estimateTokens(): number {
    return estimateTokens(this.#items)
  }
}

/** A guess, from the text of the items. */
export function estimateTokens(items: readonly ResponseItem[]): number {
  let bytes = 0
  for (const item of items) bytes += Buffer.byteLength(JSON.stringify(item, withoutPictures))
  return Math.ceil(bytes / bytesPerToken)
}

/** The item that stands for the output of a call that was never answered. */
export function abortedOutput(call: ResponseItem, output = 'aborted'): ResponseItem {
  const callId = (call as { call_id?: string }).call_id ?? ''
  if (call.type === 'tool_search_call') {
    return { type: 'tool_search_output', call_id: callId, execution: 'client', status: 'completed', tools: [] }
  }
  const type = call.type === 'custom_tool_call' ? 'custom_tool_call_output' : 'function_call_output'
  return { type, call_id: callId, output } as ResponseItem
}

type Call = Extract<ResponseItem, { type: 'function_call' | 'custom_tool_call' | 'tool_search_call' }>
type Output = Extract<ResponseItem, { type: 'function_call_output' | 'custom_tool_call_output' | 'tool_search_output' }>

function isCall(item: ResponseItem): item is Call {
  if (item.type === 'tool_search_call') return item.execution === 'client'
  return item.type === 'function_call' || item.type === 'custom_tool_call'
}

function isOutput(item: ResponseItem): item is Output {
  if (item.type === 'tool_search_output') return item.execution === 'client'
  return item.type === 'function_call_output' || item.type === 'custom_tool_call_output'
}

/** A picture costs the same however long its text is. */
const pictureTokens = 'x'.repeat(85 * bytesPerToken)

function withoutPictures(key: string, value: unknown): unknown {
  return key === 'image_url' && typeof value === 'string' && value.startsWith('data:') ? pictureTokens : value
}
