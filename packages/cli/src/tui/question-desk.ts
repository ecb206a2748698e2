import type { Question, SessionState } from '../session/session-shape.js'
import type { Panel } from './panels/panel.js'
import { questionPanel } from './panels/questions.js'
import type { Theme } from './view/theme.js'

/** What a `QuestionDesk` needs. */
export interface QuestionDeskOptions {
  readonly theme: Theme
  readonly now: () => number
  readonly state: () => SessionState
  readonly answer: (question: Question, result: unknown) => void
  /** Another panel is to be shown. */
  readonly changed: () => void
}

/** Milliseconds of silence after which a key is an answer to a question: what was being typed when it came up is not. */
const armedAfterMs = 700

/** The questions of the server, one at a time. A question takes keys only once the person has stopped typing. */
export class QuestionDesk {
  readonly #options: QuestionDeskOptions
  #asked: { readonly question: Question; readonly panel: Panel; isArmed: boolean } | undefined
  #typedAt = 0

  constructor(options: QuestionDeskOptions) {
    this.#options = options
  }

  /** What asks; undefined while nothing is asked, or the person is typing. */
  get panel(): Panel | undefined {
    return this.#asked?.isArmed ? this.#asked.panel : undefined
  }

  /** Whether a question waits for the person to stop typing. */
  get isWaiting(): boolean {
    return this.#asked !== undefined && !this.#asked.isArmed
  }

  /** The person is typing. @param isSent what was typed is sent: the next key is meant for what is asked then */
  typed(isSent = false): void {
    this.#typedAt = isSent ? 0 : this.#options.now()
  }

  /** Takes in which questions are open. */
  update(): void {
    const { theme, now, state, answer } = this.#options
    const [question] = state().questions
    if (question?.id !== this.#asked?.question.id) this.#asked = undefined
    if (question === undefined || this.#asked !== undefined) return
    const panel = questionPanel(question, state, theme, (result) => answer(question, result))
    this.#asked = { question, panel, isArmed: now() - this.#typedAt > armedAfterMs }
    if (!this.#asked.isArmed) this.#armLater()
  }

  #armLater(): void {
    const { now, changed } = this.#options
    const wait = Math.max(1, this.#typedAt + armedAfterMs - now() + 1)
    const timer = setTimeout(() => {
      if (this.#asked === undefined || this.#asked.isArmed) return
      if (now() - this.#typedAt < armedAfterMs) this.#armLater()
      else {
        this.#asked.isArmed = true
        changed()
      }
    }, wait)
    timer.unref()
  }
}
