import { expect, it } from 'vitest'
import { readAnswer } from '../../src/hooks/hook-answer.js'
import { hookEvents } from '../../src/hooks/hook-events.js'

function said(event: string, answer: unknown) {
  const facts = hookEvents.find((known) => known.event === event)
  if (facts === undefined) throw new Error(`no event ${event}`)
  const stdout = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return readAnswer(facts, { exitCode: 0, stdout, stderr: '' })
}
const own = (event: string, more: object) => ({ hookSpecificOutput: { hookEventName: event, ...more } })

it('takes a denial with its reason', () => {
  const answer = said('PreToolUse', own('PreToolUse', { permissionDecision: 'deny', permissionDecisionReason: 'no' }))

  expect(answer).toMatchObject({ status: 'blocked', blocked: 'no', entries: [{ kind: 'feedback', text: 'no' }] })
})

it('takes another input for a tool that it allows', () => {
  const answer = said('PreToolUse', own('PreToolUse', { permissionDecision: 'allow', updatedInput: { command: 'ls' } }))

  expect(answer.updatedInput).toEqual({ command: 'ls' })
})

it.each([
  [
    'PreToolUse',
    own('PreToolUse', { permissionDecision: 'ask' }),
    'PreToolUse hook returned unsupported permissionDecision:ask',
  ],
  ['PreToolUse', { continue: false }, 'PreToolUse hook returned unsupported continue:false'],
  [
    'PreToolUse',
    own('PreToolUse', { updatedInput: {} }),
    'PreToolUse hook returned updatedInput without permissionDecision:allow',
  ],
  ['PreToolUse', own('Stop', {}), 'hook returned invalid pre-tool-use JSON output'],
  ['UserPromptSubmit', '{"broken', 'hook returned invalid user prompt submit JSON output'],
  ['Stop', 'words', 'hook returned invalid stop hook JSON output'],
])('counts what %s does not serve as a failure: %j', (event, answer, message) => {
  const read = said(event, answer)

  expect(read).toMatchObject({ status: 'failed', blocked: null, entries: [{ kind: 'error', text: message }] })
})

it('stops the turn with its reason, after the words to the person', () => {
  const answer = said('UserPromptSubmit', { continue: false, stopReason: 'enough', systemMessage: 'careful' })

  expect(answer).toMatchObject({
    status: 'stopped',
    stopped: 'enough',
    entries: [
      { kind: 'warning', text: 'careful' },
      { kind: 'stop', text: 'enough' },
    ],
  })
})

it('answers a request for permission', () => {
  const allow = said('PermissionRequest', own('PermissionRequest', { decision: { behavior: 'allow' } }))
  const deny = said('PermissionRequest', own('PermissionRequest', { decision: { behavior: 'deny', message: 'no' } }))

  expect([allow.permission, deny.permission, deny.blocked]).toEqual(['allow', 'deny', 'no'])
})

it('shows context before feedback', () => {
  const answer = said('PostToolUse', {
    decision: 'block',
    reason: 'bad',
    ...own('PostToolUse', { additionalContext: 'ctx' }),
  })

  expect(answer.entries.map(({ kind }) => kind)).toEqual(['context', 'feedback'])
})
