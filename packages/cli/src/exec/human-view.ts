import type { ClientEvent } from '@gangway/client'
import type { EndedTurn, SessionState, ThreadFacts } from '../session/session-shape.js'
import type { Style } from '../terminal/style.js'
import { version } from '../version.js'
import type { ExecView } from './exec-view.js'
import { endLines, startLines, textLines } from './human-item.js'

/** Where a human reads: the answer on one side, everything else on the other. */
export interface HumanOutput {
  /** Standard output: what a pipe gets. */
  answer(text: string): void
  /** Standard error, one line. */
  line(text: string): void
  readonly style: Style
  /** Both sides are one terminal: the answer has been shown already. */
  readonly isOneScreen: boolean
}

const rule = '--------'

/** Shows a run to a person: the last answer alone on standard output, everything else on standard error. */
export class HumanView implements ExecView {
  readonly #out: HumanOutput
  readonly #shown = new Set<string>()
  #turnId: string | undefined
  #lastNotice = 0

  constructor(out: HumanOutput) {
    this.#out = out
  }

  opened(thread: ThreadFacts, prompt: string): void {
    const { style } = this.#out
    const facts: readonly (readonly [string, string])[] = [
      ['workdir', thread.cwd],
      ['model', thread.model],
      ['provider', thread.modelProvider],
      ['approval', typeof thread.approvalPolicy === 'string' ? thread.approvalPolicy : 'granular'],
      ['sandbox', sandboxWords(thread)],
      ['reasoning effort', String(thread.reasoningEffort ?? 'none')],
      ['reasoning summaries', thread.reasoningSummary ?? 'none'],
      ['session id', thread.id],
    ]
    this.#lines([
      `Gangway v${version}`,
      rule,
      ...facts.map(([name, value]) => `${style.bold(`${name}:`)} ${textLines(value).join(' ')}`),
      rule,
      style.cyan('user'),
      ...textLines(prompt),
    ])
  }

  saw(event: ClientEvent, state: SessionState): void {
    this.#notices(state)
    if (event.type !== 'notification') return
    const { style } = this.#out
    switch (event.method) {
      case 'turn/started':
        if (event.params.threadId === state.thread?.id) this.#turnId = event.params.turn.id
        return
      case 'item/started': {
        const { item, turnId } = event.params
        if (turnId !== this.#turnId) return
        const lines = startLines(item, style)
        if (lines.length > 0) this.#shown.add(item.id)
        this.#lines(lines)
        return
      }
      case 'item/completed': {
        const { item, turnId } = event.params
        if (turnId === this.#turnId) this.#lines(endLines(item, style, this.#shown.delete(item.id)))
        return
      }
      case 'turn/plan/updated':
        if (event.params.turnId === this.#turnId) this.#plan(state)
        return
      default:
        return
    }
  }

  note(message: string): void {
    this.#out.line(this.#out.style.yellow(message))
  }

  ended(turn: EndedTurn, state: SessionState, answer: string | undefined): void {
    const { style } = this.#out
    if (turn.status === 'interrupted') this.#out.line(style.red('turn interrupted'))
    if (turn.status === 'failed') this.#failedOnce(turn.error?.message ?? 'turn failed', state)
    if (turn.status === 'completed' && answer !== undefined && !this.#out.isOneScreen) {
      this.#out.answer(answer.endsWith('\n') ? answer : `${answer}\n`)
    }
    const total = state.usage?.total
    if (total === undefined || turn.status === 'failed') return
    const used = Math.max(0, total.inputTokens - total.cachedInputTokens) + total.outputTokens
    this.#lines([style.cyan('tokens used'), used.toLocaleString('en-US')])
  }

  failed(message: string): void {
    this.#lines(textLines(message).map((line, at) => (at === 0 ? `${this.#out.style.red('ERROR:')} ${line}` : line)))
  }

  /** A failure is told as it comes, and again with the end of its turn. */
  #failedOnce(message: string, { notices }: SessionState): void {
    if (!notices.some((notice) => notice.kind === 'error' && notice.message === message)) this.failed(message)
  }

  #plan({ plan }: SessionState): void {
    const marks = { completed: '✓', inProgress: '→', pending: '•' }
    this.#lines([
      ...(plan?.explanation ? textLines(plan.explanation) : []),
      ...(plan?.steps ?? []).map(({ step, status }) => `  ${marks[status]} ${textLines(step).join(' ')}`),
    ])
  }

  #notices({ notices }: SessionState): void {
    const { style } = this.#out
    for (const { number, kind, message } of notices) {
      if (number <= this.#lastNotice) continue
      this.#lastNotice = number
      if (kind === 'error' || kind === 'retry') this.failed(message)
      else this.#lines(textLines(message).map((line, at) => (at === 0 ? `${style.yellow('warning:')} ${line}` : line)))
    }
  }

  #lines(lines: readonly string[]): void {
    for (const line of lines) this.#out.line(line)
  }
}

function sandboxWords({ sandbox, cwd, workspaceRoots }: ThreadFacts): string {
  switch (sandbox.type) {
    case 'dangerFullAccess':
      return 'danger-full-access'
    case 'readOnly':
      return 'read-only'
    case 'externalSandbox':
      return 'external-sandbox'
    case 'workspaceWrite': {
      const places = [
        'workdir',
        ...(sandbox.excludeSlashTmp ? [] : ['/tmp']),
        ...(sandbox.excludeTmpdirEnvVar ? [] : ['$TMPDIR']),
        ...(sandbox.writableRoots ?? []),
        ...workspaceRoots.filter((root) => root !== cwd),
      ]
      return `workspace-write [${places.join(', ')}]${sandbox.networkAccess ? ' (network access enabled)' : ''}`
    }
    default:
      return sandbox satisfies never
  }
}
