import { RpcError } from '@gangway/protocol'
import type { Attributes, Context, Span, SpanKind } from '@opentelemetry/api'
import { AnswerThen, type MaybePromise } from '../handler.js'
import { VERSION } from '../version.js'
import { withoutSecrets } from './secrets-in-text.js'

type Api = typeof import('@opentelemetry/api')

/** What a span says of the work in it. Texts must hold no secrets and nothing that a person wrote. */
export interface SpanOptions {
  readonly attributes?: Attributes
  /** The wire's `trace` member: who the work is done for, outside this process. Default: whatever is active here. */
  readonly trace?: unknown
  readonly kind?: keyof typeof SpanKind
}

/** Where an SDK registers itself for the first major version of the API, whichever copy of the API it uses. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')

let api: Api | undefined
let loading: Promise<Api> | undefined

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
  if (api !== undefined) return within(api, name, options, work)
  loading ??= import('@opentelemetry/api').then((module) => {
    api = module
    return module
  })
  return loading.then((module) => within(module, name, options, work))
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
  if (!(answer instanceof AnswerThen) || api === undefined) return answer
  return new AnswerThen(answer.answer, api.context.bind(api.context.active(), answer.work))
}

function within<T>(otel: Api, name: string, options: SpanOptions, work: () => MaybePromise<T>): MaybePromise<T> {
  const parent = callerOf(otel, options.trace) ?? otel.context.active()
  const kind = otel.SpanKind[options.kind ?? 'INTERNAL']
  const span = otel.trace
    .getTracer('gangway', VERSION)
    .startSpan(name, { kind, attributes: options.attributes ?? {} }, parent)
  try {
    const result = otel.context.with(otel.trace.setSpan(parent, span), work)
    if (result instanceof Promise) return settled(otel, span, result)
    span.end()
    return result
  } catch (error) {
    fail(otel, span, error)
    throw error
  }
}

async function settled<T>(otel: Api, span: Span, result: Promise<T>): Promise<T> {
  try {
    const value = await result
    span.end()
    return value
  } catch (error) {
    fail(otel, span, error)
    throw error
  }
}

function fail(otel: Api, span: Span, error: unknown): void {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error))
  if (error instanceof RpcError) span.setAttribute('rpc.jsonrpc.error_code', error.code)
  span.setStatus({ code: otel.SpanStatusCode.ERROR, message })
  span.end()
}

/** A W3C `traceparent`: version, trace, span, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

/** The context that a `trace` member stands for; `undefined` for one that names no span. */
function callerOf(otel: Api, trace: unknown): Context | undefined {
  if (typeof trace !== 'object' || trace === null) return undefined
  const { traceparent, tracestate } = trace as { readonly traceparent?: unknown; readonly tracestate?: unknown }
  const parts = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null
  if (parts === null) return undefined
  const [, traceId = '', spanId = '', flags = '00'] = parts
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & otel.TraceFlags.SAMPLED,
    isRemote: true,
    ...(typeof tracestate === 'string' && { traceState: otel.createTraceState(tracestate) }),
  }
  if (!otel.isSpanContextValid(spanContext)) return undefined
  return otel.trace.setSpanContext(otel.ROOT_CONTEXT, spanContext)
}
