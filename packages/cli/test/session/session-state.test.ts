import type { ClientEvent } from '@gangway/client'
import { expect, it } from 'vitest'
import { liveOf } from '../../src/session/live-items.js'
import { emptySession, type SessionState } from '../../src/session/session-shape.js'
import { reduceSession, type SessionAction } from '../../src/session/session-state.js'
import { command, completed, delta, openedAnswer, output, started, threadId, told, turn, words } from './told.js'

const opened: SessionAction = { type: 'opened', answer: openedAnswer() }

function shown(...events: readonly (ClientEvent | SessionAction)[]): SessionState {
  return events.reduce(reduceSession, reduceSession(emptySession, opened))
}

const began = told('turn/started', { threadId, turn: turn('t1', 'inProgress') })

it('shows what is streamed of an answer, and then the answer as it was completed', () => {
  const before = shown(began, started('t1', words('m1', '')), delta('t1', 'm1', 'Hel'), delta('t1', 'm1', 'lo'))
  const after = reduceSession(before, completed('t1', words('m1', 'Hello.')))

  expect(before.items.map((entry) => [entry.stage, liveOf(before, entry).text])).toEqual([['running', 'Hello']])
  expect(after.items.map((entry) => [entry.stage, liveOf(after, entry).text])).toEqual([['done', 'Hello.']])
  expect(after.live.size).toBe(0)
})

it('leaves the state before an event as it was', () => {
  const before = shown(began, started('t1', words('m1', '')))

  reduceSession(before, delta('t1', 'm1', 'Hello'))

  expect(before.live.size).toBe(0)
})

it('does not copy the list of items for a delta', () => {
  const before = shown(began, started('t1', command('c1', null)))

  const after = reduceSession(before, output('t1', 'c1', 'one line\n'))

  expect(after.items).toBe(before.items)
})

it('makes room for an answer whose start was lost', () => {
  const state = shown(began, delta('t1', 'm1', 'Hello'))

  expect(state.items.map((entry) => [entry.item.type, liveOf(state, entry).text])).toEqual([['agentMessage', 'Hello']])
})

it('says that output has a gap when some of it was dropped', () => {
  const lagged = { type: 'lagged', skipped: 3, byMethod: { 'item/commandExecution/outputDelta': 3 } } as const

  const state = shown(began, started('t1', command('c1', null)), output('t1', 'c1', 'a'), lagged)

  expect([state.live.get('c1')?.hasGap, state.skipped]).toEqual([true, 3])
})

it('ignores events of other threads', () => {
  const other = told('turn/started', { threadId: 'another', turn: turn('t9', 'inProgress') })

  expect(shown(other)).toEqual(shown())
})

it('takes in what came before the answer that names the thread', () => {
  const early = reduceSession(emptySession, began)

  expect(early.turn).toBeUndefined()
  expect(reduceSession(early, opened).turn?.id).toBe('t1')
})

it('forgets the thread before when another is being opened', () => {
  const state = shown(began, started('t1', words('m1', '')), { type: 'opening' })

  expect(state).toEqual(emptySession)
})

it('leaves what still ran when its turn ended, with the words that had come', () => {
  const ended = told('turn/completed', { threadId, turn: turn('t1', 'interrupted') })

  const state = shown(began, started('t1', words('m1', '')), delta('t1', 'm1', 'Half'), ended)

  expect(state.items.map((entry) => [entry.stage, liveOf(state, entry).text])).toEqual([['left', 'Half']])
  expect([state.turn, state.lastTurn?.status]).toEqual([undefined, 'interrupted'])
})

it('lets a process that outlives its turn complete', () => {
  const ended = told('turn/completed', { threadId, turn: turn('t1', 'completed') })

  const state = shown(began, started('t1', command('c1', null)), ended, completed('t1', command('c1', 'done')))

  expect(state.items.map((entry) => entry.stage)).toEqual(['done'])
})

it('takes an answer whose completion was lost from the end of its turn', () => {
  const ended = told('turn/completed', { threadId, turn: turn('t1', 'completed', [words('m1', 'Whole.')]) })

  const state = shown(began, started('t1', words('m1', '')), ended)

  expect(state.items.map((entry) => [entry.stage, liveOf(state, entry).text])).toEqual([['done', 'Whole.']])
})

it('keeps a question until it is answered here, elsewhere, or its turn ends', () => {
  const params = { threadId, turnId: 't1', itemId: 'c1', startedAtMs: 1 }
  const ask = (id: number) =>
    ({ type: 'request', id, method: 'item/commandExecution/requestApproval', params }) as unknown as ClientEvent
  const ended = told('turn/completed', { threadId, turn: turn('t1', 'completed') })

  const asked = shown(began, ask(0), ask(1), ask(2))
  const answered = reduceSession(asked, { type: 'answered', id: 0 })
  const elsewhere = reduceSession(answered, told('serverRequest/resolved', { threadId, requestId: 1 }))

  expect(asked.questions.map(({ id }) => id)).toEqual([0, 1, 2])
  expect(answered.questions.map(({ id }) => id)).toEqual([1, 2])
  expect(elsewhere.questions.map(({ id }) => id)).toEqual([2])
  expect(reduceSession(elsewhere, ended).questions).toEqual([])
})

it('tells a failure that will be tried again from one that ends the turn', () => {
  const failure = (message: string, willRetry: boolean) =>
    told('error', {
      threadId,
      turnId: 't1',
      willRetry,
      error: { message, additionalDetails: willRetry ? 'cut' : null },
    })

  const { notices } = shown(began, failure('Reconnecting... 1/1', true), failure('no more', false))

  expect(notices.map(({ number, kind, message }) => [number, kind, message])).toEqual([
    [1, 'retry', 'Reconnecting... 1/1 (cut)'],
    [2, 'error', 'no more'],
  ])
})

it('lets later settings go before the answer at the start', () => {
  const threadSettings = {
    approvalPolicy: 'on-request',
    approvalsReviewer: 'user',
    collaborationMode: { mode: 'plan', settings: { model: 'other' } },
    cwd: '/elsewhere',
    model: 'other',
    modelProvider: 'mock',
    sandboxPolicy: { type: 'dangerFullAccess' },
  } as const

  const { thread } = shown(told('thread/settings/updated', { threadId, threadSettings }))

  expect([thread?.model, thread?.cwd, thread?.approvalPolicy, thread?.mode]).toEqual([
    'other',
    '/elsewhere',
    'on-request',
    'plan',
  ])
})

it('takes the model that the first protocol tells of this thread', () => {
  const told = (session_id: string) =>
    ({
      type: 'legacyNotification',
      method: 'codex/event/session_configured',
      params: { conversationId: session_id, id: '', msg: { type: 'session_configured', session_id, model: 'told' } },
    }) as ClientEvent

  expect(shown(told(threadId)).thread?.model).toBe('told')
  expect(shown(told('another')).thread?.model).toBe('gpt-5.5')
})

it('puts earlier turns before what is there, once', () => {
  const history: SessionAction = { type: 'history', turns: [turn('t0', 'completed', [words('m0', 'Before.')])] }

  const state = shown(began, started('t1', words('m1', '')), history, history)

  expect(state.items.map((entry) => entry.item.id)).toEqual(['m0', 'm1'])
})

it('keeps only the newest notices, and numbers them on', () => {
  const warnings = Array.from({ length: 500 }, (_, at) => told('warning', { message: `warning ${at}`, threadId }))

  const { notices } = shown(...warnings)

  expect([notices.length, notices[0]?.message, notices.at(-1)?.number]).toEqual([200, 'warning 300', 500])
})
