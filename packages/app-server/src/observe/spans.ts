import { RpcError } from '@gangway/protocol'
import {
  type Attributes,
  type Context,
  context,
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import type { MaybePromise } from '../handler.js'
import { VERSION } from '../version.js'
import { withoutSecrets } from './secrets-in-text.js'

/** What a span says of the work in it. Texts must hold no secrets and nothing that a person wrote. */
export interface SpanOptions {
  readonly attributes?: Attributes
  /** The wire's `trace` member: who the work is done for, outside this process. Default: whatever is active here. */
  readonly trace?: unknown
  readonly kind?: keyof typeof SpanKind
}

/** Does `work` in a new span that is active in it, and ends the span with it. Loads the API of OpenTelemetry: see `tracing.ts`. */
export function inNewSpan<T>(name: string, options: SpanOptions, work: () => MaybePromise<T>): MaybePromise<T> {
  const parent = callerOf(options.trace) ?? context.active()
  const kind = SpanKind[options.kind ?? 'INTERNAL']
  const span = trace
    .getTracer('gangway', VERSION)
    .startSpan(name, { kind, attributes: options.attributes ?? {} }, parent)
  try {
    const result = context.with(trace.setSpan(parent, span), work)
    if (result instanceof Promise) return settled(span, result)
    span.end()
    return result
  } catch (error) {
    fail(span, error)
    throw error
  }
}

async function settled<T>(span: Span, result: Promise<T>): Promise<T> {
  try {
    const value = await result
    span.end()
    return value
  } catch (error) {
    fail(span, error)
    throw error
  }
}

function fail(span: Span, error: unknown): void {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error))
  if (error instanceof RpcError) span.setAttribute('rpc.jsonrpc.error_code', error.code)
  span.setStatus({ code: SpanStatusCode.ERROR, message })
  span.end()
}

/** A W3C `traceparent`: version, trace, span, flags. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

/** The context that a `trace` member stands for; `undefined` for one that names no span. */
function callerOf(named: unknown): Context | undefined {
  if (typeof named !== 'object' || named === null) return undefined
  const { traceparent, tracestate } = named as { readonly traceparent?: unknown; readonly tracestate?: unknown }
  const parts = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null
  if (parts === null) return undefined
  const [, traceId = '', spanId = '', flags = '00'] = parts
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(typeof tracestate === 'string' && { traceState: createTraceState(tracestate) }),
  }
  if (!isSpanContextValid(spanContext)) return undefined
  return trace.setSpanContext(ROOT_CONTEXT, spanContext)
}

/** `work`, which then belongs to what is active now, whenever it is called. */
export function inThisContext<T>(work: () => T): () => T {
  return context.bind(context.active(), work)
}
