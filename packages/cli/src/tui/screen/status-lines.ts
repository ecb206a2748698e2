import type { SessionState, ThreadFacts } from '../../session/session-shape.js'
import { cut, hanging, safeText } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import { countWords, durationWords, shortPath } from './words.js'

/** What stands at the foot besides the state of the thread. */
export interface StatusFacts {
  readonly home: string | undefined
  readonly nowMs: number
  /** Texts that wait for the turn's end. */
  readonly queued: readonly string[]
  /** Said for a moment, such as that a key must be pressed again. */
  readonly hint: string | undefined
  /** A label that must not be overlooked. */
  readonly label: string | undefined
}

/** What happens right now, above the composer: the plan, the queue, and how long the turn has been running. */
export function activityLines(state: SessionState, facts: StatusFacts, width: number, theme: Theme): readonly string[] {
  const { turn, plan } = state
  const steps = turn === undefined ? [] : (plan?.steps ?? [])
  const planLines = steps.flatMap(({ step, status }) => {
    const mark =
      status === 'completed' ? theme.green('✓ ') : status === 'inProgress' ? theme.yellow('› ') : theme.dim('· ')
    return hanging(`  ${mark}`, status === 'completed' ? theme.dim(safeText(step)) : safeText(step), width)
  })
  const queued = facts.queued.map((text) => cut(theme.dim(`  next: ${safeText(text).replaceAll('\n', ' ')}`), width))
  if (turn === undefined) return queued
  const elapsed = turn.startedAtMs === null ? '' : ` ${durationWords(Math.max(1000, facts.nowMs - turn.startedAtMs))}`
  const words = state.questions.length > 0 ? 'Waiting for your answer' : 'Working'
  return [
    ...(planLines.length === 0 ? [] : [cut(theme.bold('Plan'), width), ...planLines, '']),
    ...queued,
    cut(`${theme.yellow('●')} ${words}${theme.dim(`${elapsed} · esc interrupts · enter steers · tab queues`)}`, width),
  ]
}

/** The last line: where one is, and what was used. */
export function statusLine(state: SessionState, facts: StatusFacts, width: number, theme: Theme): string {
  if (facts.hint !== undefined) return cut(theme.yellow(facts.hint), width)
  const label = facts.label === undefined ? '' : `${theme.yellow(facts.label)} · `
  if (state.thread === undefined) return cut(`${label}${theme.dim('opening …')}`, width)
  const { thread, usage } = state
  const used = usage === undefined ? '' : ` · ${usageWords(usage)}`
  const effort = thread.reasoningEffort === null ? '' : ` ${thread.reasoningEffort}`
  const words = `${thread.model}${effort} · ${shortPath(thread.cwd, facts.home)} · ${permissionWords(thread)}${used}`
  return cut(`${label}${theme.dim(safeText(words))}`, width)
}

/** What the agent may do, in a few words. */
export function permissionWords(thread: Pick<ThreadFacts, 'sandbox' | 'approvalPolicy'>): string {
  const sandboxes = {
    readOnly: 'read only',
    workspaceWrite: 'writes here',
    dangerFullAccess: 'full access',
    externalSandbox: 'sandboxed outside',
  } as const
  const policies = { untrusted: 'asks often', 'on-request': 'asks', never: 'never asks' } as const
  const policy = typeof thread.approvalPolicy === 'string' ? policies[thread.approvalPolicy] : 'asks for some things'
  return `${sandboxes[thread.sandbox.type]}, ${policy}`
}

function usageWords(usage: NonNullable<SessionState['usage']>): string {
  const { total, last, modelContextWindow } = usage
  const share = modelContextWindow
    ? `, ${Math.round((last.totalTokens / modelContextWindow) * 100)}% of the window`
    : ''
  return `${countWords(total.totalTokens)} tokens${share}`
}
