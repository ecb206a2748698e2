import type { CodexErrorInfo, TurnError } from '@gangway/protocol'

/** What may be done about a failure. */
export type FailureCourse =
  /** Nothing was reached: wait for the network, however long it takes. */
  | { readonly type: 'network' }
  /** The same request may be sent again at once, a few times; after that as `stream`. */
  | { readonly type: 'request' }
  /** The turn may ask again, a few times, after `afterMs` where the server said so. */
  | { readonly type: 'stream'; readonly afterMs: number | null }
  /** Asking again would not help. */
  | { readonly type: 'never' }

/** Why a model gave no answer, or not a whole one. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'

  constructor(
    message: string,
    readonly info: CodexErrorInfo,
    readonly course: FailureCourse,
    /** Status of the refused request; null where the failure is not one. */
    readonly httpStatus: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** As the wire tells it once it is final. */
  toTurnError(): TurnError {
    return { message: this.message, codexErrorInfo: this.info, additionalDetails: null, misalignment: null }
  }
}

const retriable: FailureCourse = { type: 'stream', afterMs: null }
const final: FailureCourse = { type: 'never' }

/** A stream that ended, broke or fell silent before its last event. Source: reference 0.169.0, words and kind. */
export function disconnected(why: string, options?: ErrorOptions): ModelFailure {
  return new ModelFailure(`stream disconnected before completion: ${why}`, 'other', retriable, null, options)
}

/** The server could not be reached at all. Source: reference 0.169.0. */
export function unreachable(cause: unknown): ModelFailure {
  return new ModelFailure('Connection failed: error sending request', 'other', { type: 'network' }, null, { cause })
}

/**
 * A request that was refused.
 *
 * Source: reference 0.169.0, docs/observations/model-failures.md
 */
export function refused(status: number, statusText: string, body: string, retryAfter: string | null, url: string) {
  const error = errorOf(body)
  if (status === 400) return new ModelFailure(body, 'other', final, status)
  if (status === 429) return tooMany(error, retryAfter)
  if (status === 500) {
    const words = 'We’re currently experiencing high demand, which may cause temporary errors.'
    return new ModelFailure(words, 'internalServerError', { type: 'request' })
  }
  if (error.code === 'server_is_overloaded' || error.code === 'slow_down') return overloaded()
  const said = typeof error.message === 'string' ? error.message : body
  const message = `unexpected status ${`${status} ${statusText}`.trim()}: ${said.slice(0, 1_000)}, url: ${url}`
  const course: FailureCourse = status >= 500 ? { type: 'request' } : retriable
  return new ModelFailure(message, { httpConnectionFailed: { httpStatusCode: status } }, course, status)
}

/** A `response.failed` event. Source: reference 0.169.0, docs/observations/model-failures.md */
export function failedResponse(error: { readonly code?: unknown; readonly message?: unknown }): ModelFailure {
  const message = typeof error.message === 'string' ? error.message : 'response.failed event received'
  switch (error.code) {
    case 'context_length_exceeded':
      return new ModelFailure(
        "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
        'contextWindowExceeded',
        final,
      )
    case 'insufficient_quota':
      return new ModelFailure('Quota exceeded. Check your plan and billing details.', 'usageLimitExceeded', final)
    case 'server_is_overloaded':
    case 'slow_down':
      return overloaded()
    case 'invalid_prompt':
      return new ModelFailure(message, 'other', final)
    case 'rate_limit_exceeded':
      return new ModelFailure(`rate limit exceeded: ${message}`, 'rateLimitExceeded', {
        type: 'stream',
        afterMs: delayIn(message),
      })
    default:
      return disconnected(message)
  }
}

/** A `response.incomplete` event. One that was too long would be again; others are tried again. Source: reference 0.169.0. */
export function incompleteResponse(reason: unknown): ModelFailure {
  const said = typeof reason === 'string' ? reason : 'unknown'
  const message = `Incomplete response returned, reason: ${said}`
  return said === 'max_output_tokens' ? new ModelFailure(message, 'other', final) : disconnected(message)
}

function overloaded(): ModelFailure {
  const words = 'Selected model is at capacity. Please try a different model.'
  return new ModelFailure(words, 'serverOverloaded', final)
}

function tooMany(error: ReturnType<typeof errorOf>, retryAfter: string | null): ModelFailure {
  if (error.type === 'usage_limit_reached' || error.code === 'insufficient_quota') {
    const at = typeof error.resets_at === 'number' ? `Try again at ${moment(error.resets_at)}.` : 'Try again later.'
    return new ModelFailure(`You’ve hit your usage limit. ${at}`, 'usageLimitExceeded', final, 429)
  }
  const info = { responseTooManyFailedAttempts: { httpStatusCode: 429 } }
  const afterMs = retryAfterMs(retryAfter)
  const course: FailureCourse = afterMs === null ? final : { type: 'stream', afterMs }
  return new ModelFailure('exceeded retry limit, last status: 429 Too Many Requests', info, course, 429)
}

function errorOf(body: string): { readonly [member: string]: unknown } {
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    return typeof error === 'object' && error !== null ? (error as { readonly [member: string]: unknown }) : {}
  } catch {
    return {}
  }
}

/** Seconds, or a date. Null where there is none, or none that can be read. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

/** `Please try again in 1.5s`, or in milliseconds. */
function delayIn(message: string): number | null {
  const match = /try again in\s*(\d+(?:\.\d+)?)\s*(ms|s|seconds?)\b/i.exec(message)
  if (!match) return null
  const amount = Number(match[1])
  return match[2]?.toLowerCase() === 'ms' ? amount : amount * 1_000
}

function moment(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' })
}
