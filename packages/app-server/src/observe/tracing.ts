import { AnswerThen, type MaybePromise } from '../handler.js'
import type { SpanOptions } from './spans.js'

type Spans = typeof import('./spans.js')

/** Where an SDK registers itself for the first major version of the API, whichever copy of the API it uses. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')

let spans: Spans | undefined
let loading: Promise<Spans> | undefined

/** Whether somebody in this process collects spans. Costs a look into an object; nothing is loaded. */
export function isTraced(): boolean {
  const registry = (globalThis as { [REGISTRY]?: { readonly trace?: unknown } })[REGISTRY]
  return registry?.trace !== undefined
}

/**
 * Does `work` within a span, which is active in it and in all that it starts, and ends with it. Where nobody collects
 * spans `work` is simply called. A failure is the span's too.
 */
export function inSpan<T>(name: string, options: SpanOptions, work: () => MaybePromise<T>): MaybePromise<T> {
  if (!isTraced()) return work()
  if (spans !== undefined) return spans.inNewSpan(name, options, work)
  loading ??= import('./spans.js').then((module) => {
    spans = module
    return module
  })
  return loading.then(({ inNewSpan }) => inNewSpan(name, options, work))
}

/** Does a request of a client within a span of the kind `SERVER`, joined to the trace of whoever sent it. */
export function inRequestSpan(
  method: string,
  { trace, connectionId }: { readonly trace: unknown; readonly connectionId: number },
  work: () => MaybePromise<unknown>,
): MaybePromise<unknown> {
  const attributes = { 'rpc.system': 'jsonrpc', 'rpc.method': method, 'gangway.connection_id': connectionId }
  return inSpan(method, { attributes, trace, kind: 'SERVER' }, () => {
    const answer = work()
    return answer instanceof Promise ? answer.then(withItsContext) : withItsContext(answer)
  })
}

/** What is done after an answer belongs to the request's trace, although it begins when its span has ended. */
function withItsContext(answer: unknown): unknown {
  if (!(answer instanceof AnswerThen) || spans === undefined) return answer
  return new AnswerThen(answer.answer, spans.inThisContext(answer.work))
}
