import { EventStreamParser } from './event-stream.js'
import type { ModelClient, ModelEvent, ModelRequest, ModelResponse } from './model-client.js'
import { disconnected, ModelFailure, refused, unreachable } from './model-failure.js'
import type { ModelProvider } from './provider.js'

/** A client of the Responses API. Loads the `openai` package with the first request. */
export function responsesClient(provider: ModelProvider): ModelClient {
  return {
    async send(request, signal) {
      const key = await provider.apiKey()
      const { OpenAI } = await import('openai')
      signal.throwIfAborted()
      const watch = new IdleWatch(provider.streamIdleTimeoutMs, signal)
      try {
        return await open(OpenAI, provider, key, request, watch)
      } catch (error) {
        watch.end()
        signal.throwIfAborted()
        throw watch.isIdle ? idle() : error
      }
    },
  }
}

async function open(
  OpenAI: typeof import('openai').OpenAI,
  provider: ModelProvider,
  key: string | undefined,
  request: ModelRequest,
  watch: IdleWatch,
): Promise<ModelResponse> {
  /** The package would keep only a part of a refusal, and calls some of them time-outs. */
  let failure: ModelFailure | undefined
  const client = new OpenAI({
    apiKey: key ?? 'none',
    baseURL: provider.baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: longestMs,
    defaultQuery: { ...provider.queryParams },
    defaultHeaders: {
      ...withoutPlatform,
      ...(key === undefined ? { authorization: null } : {}),
      ...request.headers,
      accept: 'text/event-stream',
      ...provider.headers,
    },
    fetch: async (url, init) => {
      let response: Response
      try {
        response = await fetch(url, init)
      } catch (error) {
        failure = unsent(error)
        throw error
      }
      if (response.ok) return response
      const text = await response.text().catch(() => '')
      const retryAfter = response.headers.get('retry-after')
      failure = refused(response.status, response.statusText, text, retryAfter, String(url))
      throw failure
    },
  })
  let response: Response
  try {
    response = await client.post('/responses', { body: request.body, signal: watch.signal }).asResponse()
  } catch (error) {
    throw failure ?? error
  }
  return {
    header: (name) => response.headers.get(name),
    events: eventsOf(response, watch),
  }
}

/** Longer than any time-out of ours, which hold instead. */
const longestMs = 2_147_483_647

/** What the package tells of this machine, and nobody needs. */
const withoutPlatform = {
  'x-stainless-arch': null,
  'x-stainless-lang': null,
  'x-stainless-os': null,
  'x-stainless-package-version': null,
  'x-stainless-retry-count': null,
  'x-stainless-runtime': null,
  'x-stainless-runtime-version': null,
  'x-stainless-timeout': null,
}

async function* eventsOf(response: Response, watch: IdleWatch): AsyncGenerator<ModelEvent[], void, void> {
  const reader = response.body?.getReader()
  const parser = new EventStreamParser()
  try {
    while (reader !== undefined) {
      const { value, done } = await reader.read().catch((error: unknown) => {
        watch.callerSignal.throwIfAborted()
        throw watch.isIdle ? idle() : disconnected(`network error: ${causeOf(error)}`, { cause: error })
      })
      if (done) break
      watch.heard()
      const events = parser.push(value)
      if (events.length > 0) yield events
    }
    const last = parser.end()
    if (last.length > 0) yield last
  } finally {
    watch.end()
    reader?.cancel().catch(() => undefined)
  }
}

/** Breaks a request off when nothing has been heard for too long, or when the caller says so. */
class IdleWatch {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #follow = () => this.#controller.abort(this.callerSignal.reason)
  isIdle = false

  constructor(
    idleMs: number,
    readonly callerSignal: AbortSignal,
  ) {
    this.#timer = setTimeout(
      () => {
        this.isIdle = true
        this.#controller.abort(new Error('idle'))
      },
      Math.min(idleMs, longestMs),
    )
    if (callerSignal.aborted) this.#follow()
    else callerSignal.addEventListener('abort', this.#follow, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  heard(): void {
    this.#timer.refresh()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.callerSignal.removeEventListener('abort', this.#follow)
  }
}

function idle(): ModelFailure {
  return disconnected('idle timeout waiting for SSE')
}

/** No answer at all: nobody there, or a connection that broke before the head. */
function unsent(error: unknown): ModelFailure {
  if (isUnreachable(error)) return unreachable(error)
  return new ModelFailure(
    `stream disconnected before completion: error sending request: ${causeOf(error)}`,
    'other',
    { type: 'request' },
    null,
    { cause: error },
  )
}

const nobodyThere = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

function isUnreachable(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof AggregateError && at.errors.some(isUnreachable)) return true
    if ('code' in at && typeof at.code === 'string' && nobodyThere.has(at.code)) return true
  }
  return false
}

function causeOf(error: unknown): string {
  let last = error
  while (last instanceof Error && last.cause !== undefined) last = last.cause
  return last instanceof Error ? last.message : String(last)
}
