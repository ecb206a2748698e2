import type { ClientEvent } from '@gangway/client'
import type { RequestId, Turn } from '@gangway/protocol'
import { withGap } from './live-items.js'
import { withNotice } from './notices.js'
import { reduceItemNotification } from './reduce-item.js'
import { prependTurns } from './session-items.js'
import { emptySession, type Question, questionMethods, type SessionState } from './session-shape.js'
import { factsOfAnswer, type OpenedThread, withConfigured, withSettings } from './thread-facts.js'
import { endTurn, startTurn } from './turn-state.js'

/** What a surface tells of its own doing. */
export type SessionAction =
  /** Another thread is asked for: everything of the one before is forgotten. */
  | { readonly type: 'opening' }
  /** The answer to `thread/start`, `thread/resume` or `thread/fork`: from here on the session is about that thread. */
  | { readonly type: 'opened'; readonly answer: OpenedThread }
  /** Turns from before, oldest first. */
  | { readonly type: 'history'; readonly turns: readonly Turn[] }
  /** A question was answered here. */
  | { readonly type: 'answered'; readonly id: RequestId }

/** Events that are held while a thread is being opened: more than a server says before its answer is taken in. */
const maxHeld = 256

type Notification = Extract<ClientEvent, { type: 'notification' }>

/**
 * What is to be shown after `event`. Pure: the same events give the same state, and `state` itself stays as it is.
 * Gives back the same `state` when the event changes nothing.
 *
 * Events of other threads are left out. Until `opened` says which thread it is, they are held, and then taken in.
 */
export function reduceSession(state: SessionState, event: ClientEvent | SessionAction): SessionState {
  switch (event.type) {
    case 'opening':
      return { ...emptySession, skipped: state.skipped, disconnected: state.disconnected }
    case 'opened':
      return opened(state, event.answer)
    case 'history':
      return prependTurns(state, event.turns)
    case 'answered':
      return withoutQuestion(state, event.id)
    case 'notification':
      return isOfOther(state, event.params) ? held(state, event) : reduceNotification(state, event)
    case 'request':
      return isOfOther(state, event.params) ? held(state, event) : asked(state, event as Question)
    case 'legacyNotification':
      return configured(state, event)
    case 'lagged':
      return withGap({ ...state, skipped: state.skipped + event.skipped }, event.byMethod)
    case 'disconnected':
      return { ...state, disconnected: event.reason, questions: [] }
    default:
      return event satisfies never
  }
}

function opened(state: SessionState, answer: OpenedThread): SessionState {
  const thread = factsOfAnswer(answer)
  const next = { ...state, thread, status: answer.thread.status, held: [] }
  const running = answer.thread.turns?.find((turn) => turn.status === 'inProgress')
  const shown = prependTurns(next, answer.thread.turns ?? [])
  return state.held.reduce(reduceHeld, running === undefined ? shown : startTurn(shown, running))
}

function reduceHeld(state: SessionState, event: ClientEvent): SessionState {
  return 'params' in event && isOfOther(state, event.params) ? state : reduceSession(state, event)
}

function held(state: SessionState, event: ClientEvent): SessionState {
  if (state.thread !== undefined) return state
  return { ...state, held: [...state.held, event].slice(-maxHeld) }
}

/** Whether it is about a thread, and that is not the one of this session. */
function isOfOther(state: SessionState, params: unknown): boolean {
  if (typeof params !== 'object' || params === null) return false
  const { threadId } = params as { readonly threadId?: unknown }
  return typeof threadId === 'string' && threadId !== state.thread?.id
}

function reduceNotification(state: SessionState, event: Notification): SessionState {
  switch (event.method) {
    case 'thread/settings/updated':
      return state.thread === undefined ? state : { ...state, thread: withSettings(state.thread, event.params) }
    case 'thread/name/updated':
      return state.thread === undefined
        ? state
        : { ...state, thread: { ...state.thread, name: event.params.threadName ?? null } }
    case 'thread/status/changed':
      return { ...state, status: event.params.status }
    case 'thread/closed':
      return { ...state, status: { type: 'notLoaded' } }
    case 'thread/tokenUsage/updated':
      return { ...state, usage: event.params.tokenUsage }
    case 'turn/started':
      return startTurn(state, event.params.turn)
    case 'turn/completed':
      return endTurn(state, event.params.turn)
    case 'turn/diff/updated':
      return { ...state, diff: event.params.diff }
    case 'turn/plan/updated':
      return { ...state, plan: { explanation: event.params.explanation ?? null, steps: event.params.plan } }
    case 'serverRequest/resolved':
      return withoutQuestion(state, event.params.requestId)
    default:
      return reduceItemNotification(state, event) ?? reduceWord(state, event)
  }
}

/** Notifications that are said once and not shown again. */
function reduceWord(state: SessionState, event: Notification): SessionState {
  switch (event.method) {
    case 'error': {
      const { error, willRetry, turnId } = event.params
      const details = willRetry && error.additionalDetails ? ` (${error.additionalDetails})` : ''
      return withNotice(state, willRetry ? 'retry' : 'error', `${error.message}${details}`, turnId)
    }
    case 'warning':
    case 'guardianWarning':
      return withNotice(state, 'warning', event.params.message)
    case 'configWarning': {
      const { summary, details } = event.params
      return withNotice(state, 'warning', details ? `${summary} (${details})` : summary)
    }
    case 'deprecationNotice': {
      const { summary, details } = event.params
      return withNotice(state, 'info', details ? `${summary} (${details})` : summary)
    }
    case 'mcpServer/startupStatus/updated': {
      const { name, status, error } = event.params
      return status === 'failed' ? withNotice(state, 'mcp', error ?? `MCP server ${name} did not start`) : state
    }
    case 'model/rerouted': {
      const { fromModel, toModel, turnId } = event.params
      return withNotice(state, 'info', `${toModel} answers instead of ${fromModel}`, turnId)
    }
    default:
      return state
  }
}

function asked(state: SessionState, { id, method, params }: Question): SessionState {
  if (!questionMethods.includes(method)) return state
  const question = { id, method, params } as Question
  const at = state.questions.findIndex((other) => other.id === id)
  return { ...state, questions: at === -1 ? [...state.questions, question] : state.questions.with(at, question) }
}

function withoutQuestion(state: SessionState, id: RequestId): SessionState {
  const questions = state.questions.filter((question) => question.id !== id)
  return questions.length === state.questions.length ? state : { ...state, questions }
}

function configured(state: SessionState, event: { readonly method: string; readonly params: unknown }): SessionState {
  if (event.method !== 'codex/event/session_configured') return state
  if (state.thread === undefined) return held(state, event as ClientEvent)
  return { ...state, thread: withConfigured(state.thread, event.params) }
}
