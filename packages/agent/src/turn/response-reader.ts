import type { ResponseItem, ThreadItem, TokenUsageBreakdown } from '@gangway/protocol'
import type { ModelEvent } from '../model/model-client.js'
import { failedResponse, incompleteResponse } from '../model/model-failure.js'
import type { MaybePromise, ThreadHost } from '../thread-host.js'
import type { ToolCall } from '../tools/tool.js'
import { callOf, isForHistory, shownItem } from './model-items.js'
import { usageOf } from './usage.js'

/** What a response leads to. */
export interface ReaderOutlet {
  readonly threadId: string
  readonly turnId: string
  readonly notify: ThreadHost['notify']
  started(item: ThreadItem): MaybePromise<void>
  /** Into the history and the file, together with what is shown of it; then told. */
  finished(raw: ResponseItem, shown: ThreadItem | undefined): MaybePromise<void>
  called(call: ToolCall, raw: ResponseItem): void
}

interface OpenItem {
  readonly id: string
  readonly isShown: boolean
}

/** Turns the events of one response into items, and their deltas into notifications, without holding any text itself. */
export class ResponseReader {
  /** By output index. */
  readonly #open = new Map<number, OpenItem>()
  usage: TokenUsageBreakdown | undefined
  isComplete = false

  constructor(readonly outlet: ReaderOutlet) {}

  /** @throws ModelFailure what the server says of a response that failed */
  handle(event: ModelEvent): MaybePromise<void> {
    const { outlet } = this
    switch (event.type) {
      case 'response.output_text.delta': {
        const item = this.#openAt(event)
        if (item === undefined) return
        const { threadId, turnId } = outlet
        const delta = event.delta as string
        return outlet.notify('item/agentMessage/delta', { threadId, turnId, itemId: item.id, delta })
      }
      case 'response.output_item.added':
        return this.#added(event)
      case 'response.output_item.done':
        return this.#done(event)
      case 'response.reasoning_summary_part.added':
        return this.#reasoning(event, 'item/reasoning/summaryPartAdded', { summaryIndex: index(event.summary_index) })
      case 'response.reasoning_summary_text.delta':
        return this.#reasoning(event, 'item/reasoning/summaryTextDelta', {
          delta: event.delta as string,
          summaryIndex: index(event.summary_index),
        })
      case 'response.reasoning_text.delta':
        return this.#reasoning(event, 'item/reasoning/textDelta', {
          delta: event.delta as string,
          contentIndex: index(event.content_index),
        })
      case 'response.completed':
        this.isComplete = true
        this.usage = usageOf((event.response as { usage?: unknown } | undefined)?.usage)
        return
      case 'response.failed':
        throw failedResponse((event.response as { error?: object } | undefined)?.error ?? {})
      case 'response.incomplete':
        throw incompleteResponse(
          (event.response as { incomplete_details?: { reason?: unknown } } | undefined)?.incomplete_details?.reason,
        )
      default:
        return
    }
  }

  #openAt(event: ModelEvent): OpenItem | undefined {
    const item = this.#open.get(index(event.output_index))
    return item?.isShown ? item : undefined
  }

  #reasoning<
    M extends 'item/reasoning/summaryPartAdded' | 'item/reasoning/summaryTextDelta' | 'item/reasoning/textDelta',
  >(event: ModelEvent, method: M, more: object): MaybePromise<void> {
    const item = this.#openAt(event)
    if (item === undefined) return
    const { threadId, turnId } = this.outlet
    const params = { threadId, turnId, itemId: item.id, ...more }
    return this.outlet.notify(method, params as Parameters<typeof this.outlet.notify<M>>[1])
  }

  #added(event: ModelEvent): MaybePromise<void> {
    const raw = itemOf(event)
    if (raw === undefined) return
    // What a search looks for is known only at its end.
    const shown = raw.type === 'web_search_call' ? undefined : shownItem(raw)
    this.#open.set(index(event.output_index), { id: shown?.id ?? '', isShown: shown !== undefined })
    if (shown !== undefined) return this.outlet.started(shown)
  }

  async #done(event: ModelEvent): Promise<void> {
    const raw = itemOf(event)
    if (raw === undefined || !isForHistory(raw)) return
    const open = this.#open.get(index(event.output_index))
    const made = shownItem(raw)
    const shown = made !== undefined && open?.isShown ? { ...made, id: open.id } : made
    this.#open.delete(index(event.output_index))
    if (shown !== undefined && !open?.isShown) await this.outlet.started(shown)
    await this.outlet.finished(raw, shown)
    const call = callOf(raw)
    if (call !== undefined) this.outlet.called(call, raw)
  }
}

/** Undefined for what is no item at all: a model server that sends it is passed over, as with other garbage. */
function itemOf({ item }: ModelEvent): { readonly [member: string]: unknown } | undefined {
  const raw = item as { readonly [member: string]: unknown } | null | undefined
  return typeof raw === 'object' && raw !== null && typeof raw.type === 'string' ? raw : undefined
}

function index(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
