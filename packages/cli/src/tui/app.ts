import type { EndedTurn, SessionState } from '../session/session-shape.js'
import { suggestion } from '../terminal/nearest.js'
import { createCommands } from './app-commands.js'
import type { AppFace, AppParts, RemarkKind } from './app-face.js'
import { fileCompletions } from './completions.js'
import type { Panel } from './panels/panel.js'
import { QuestionDesk } from './question-desk.js'
import { activityLines, type StatusFacts, statusLine } from './screen/status-lines.js'
import { type Remark, Transcript } from './screen/transcript.js'
import { readSlash, type SlashName, slashCommands } from './slash-commands.js'
import { hanging, safeText } from './view/measure.js'
import type { Key } from './view/view.js'

/** Milliseconds in which a second ctrl+c leaves. */
const againWithinMs = 2_000

/** The terminal UI: what keys do, and what stands where. One per conversation window; ends with `quit`. */
export class App implements AppFace {
  readonly parts: AppParts
  /** A label that stays on the screen. */
  label: string | undefined
  readonly transcript: Transcript
  /** Resolves when the person leaves. */
  readonly left: Promise<void>
  #leave: () => void = () => {}
  #remarks: Remark[] = []
  #toldNotices = 0
  #toldTurn: EndedTurn | undefined
  #isExpanded = false
  /** A list or form that the person asked for. */
  #panel: Panel | undefined
  readonly #desk: QuestionDesk
  #hint: { readonly words: string; readonly until: number } | undefined
  #clock: NodeJS.Timeout | undefined
  readonly #run: ReturnType<typeof createCommands>

  constructor(parts: AppParts) {
    this.parts = parts
    this.label = parts.label
    this.transcript = new Transcript(parts.theme, parts.conversation.state)
    this.left = new Promise((resolve) => {
      this.#leave = resolve
    })
    this.#run = createCommands(this)
    const { theme, now, conversation } = parts
    this.#desk = new QuestionDesk({
      theme,
      now,
      state: () => this.state,
      answer: (question, result) => this.attempt(() => conversation.answer(question.id, result)),
      changed: () => this.show(this.#panel),
    })
  }

  get state(): SessionState {
    return this.parts.conversation.state
  }

  /** Puts everything on the screen. */
  async open(): Promise<void> {
    const { view, theme, conversation, history } = this.parts
    view.onKey = (key) => this.#onKey(key)
    view.composer.onSubmit = (text) => this.#submit(text)
    view.composer.setCompleter({
      commands: slashCommands.map(({ name, words }) => ({ value: name, label: `/${name}`, description: words })),
      files: fileCompletions(conversation),
    })
    view.start(
      [this.transcript, { lines: (width) => this.#middle(width) }],
      [{ lines: (width) => [statusLine(this.state, this.#facts(), width, theme)] }],
    )
    this.#clock = setInterval(() => {
      if (this.state.turn !== undefined || this.#hint !== undefined) view.paint()
    }, 1_000)
    for (const text of await history.read()) view.composer.remember(text)
  }

  /** Leaves the screen. */
  close(): void {
    clearInterval(this.#clock)
    this.parts.view.stop()
    this.#leave()
  }

  quit(): void {
    this.#leave()
  }

  /** Takes in what has changed. */
  changed(): void {
    const { state } = this
    for (const { number, kind, message } of state.notices) {
      if (number <= this.#toldNotices) continue
      this.#toldNotices = number
      this.say(kind === 'error' || kind === 'info' ? kind : 'warning', message)
    }
    if (state.notices.length === 0) this.#toldNotices = 0
    if (state.lastTurn !== this.#toldTurn) {
      this.#toldTurn = state.lastTurn
      if (state.lastTurn?.status === 'interrupted') this.say('info', 'interrupted')
    }
    this.#desk.update()
    this.#show()
    this.parts.view.paint()
  }

  /** Puts texts that could not be said back into the composer. */
  returned(texts: readonly string[]): void {
    const { composer } = this.parts.view
    composer.setText([...texts, composer.text].filter((text) => text !== '').join('\n'))
  }

  /** Says something between the items. */
  say(kind: RemarkKind, message: string): void {
    const { theme } = this.parts
    const mark = kind === 'error' ? theme.red('✗ ') : kind === 'warning' ? theme.yellow('! ') : theme.dim('· ')
    this.sayLines((width) => hanging(mark, safeText(message), width))
  }

  /** Says lines that are made anew for every width. */
  sayLines(lines: (width: number) => readonly string[]): void {
    this.#remarks = [...this.#remarks, { behind: this.state.items.length, lines }]
    this.#show()
    this.parts.view.paint()
  }

  /** Shows a list or form in the composer's place; undefined brings the composer back. */
  show(panel: Panel | undefined): void {
    this.#panel = panel
    this.#show()
    this.parts.view.paintNow()
  }

  /** Another conversation begins: what was remarked about the last is gone. */
  forget(): void {
    this.#remarks = []
    this.transcript.forget()
  }

  /** Runs a command of the composer. */
  async command(name: SlashName, argument = ''): Promise<void> {
    await this.#run[name](argument)
  }

  /** Does it, and says what went wrong. */
  attempt(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.failed(error))
  }

  /** Says what went wrong. */
  failed(error: unknown): void {
    this.say('error', error instanceof Error ? error.message : String(error))
  }

  #middle(width: number): readonly string[] {
    const { theme } = this.parts
    const panel = this.#shownPanel()
    const rest = panel === undefined ? [] : ['', ...panel.lines(width)]
    const waiting =
      this.#desk.isWaiting && this.#panel === undefined
        ? ['', theme.yellow('The agent has a question: stop typing to answer it.')]
        : []
    return [...activityLines(this.state, this.#facts(), width, theme), ...waiting, ...rest]
  }

  #shownPanel(): Panel | undefined {
    return this.#panel ?? this.#desk.panel
  }

  #facts(): StatusFacts {
    const nowMs = this.parts.now()
    if (this.#hint !== undefined && this.#hint.until < nowMs) this.#hint = undefined
    const { home, conversation } = this.parts
    return { home, label: this.label, nowMs, queued: conversation.queued, hint: this.#hint?.words }
  }

  #show(): void {
    this.transcript.show(this.state, this.#remarks, this.#isExpanded)
    this.parts.view.composer.setShown(this.#shownPanel() === undefined)
  }

  #onKey(key: Key): boolean {
    if (key.name === 'ctrl+l') {
      this.transcript.forget()
      this.parts.view.repaint()
      return true
    }
    if (key.name === 'ctrl+o') {
      this.#isExpanded = !this.#isExpanded
      this.#show()
      return true
    }
    const panel = this.#shownPanel()
    if (panel !== undefined) {
      panel.onKey(key)
      return true
    }
    return this.#onComposerKey(key)
  }

  #onComposerKey(key: Key): boolean {
    const { composer } = this.parts.view
    const isWorking = this.state.turn !== undefined
    switch (key.name) {
      case 'escape':
        if (!isWorking || composer.text.startsWith('/') || /(?:^|\s)@\S*$/.test(composer.text)) return false
        this.attempt(() => this.parts.conversation.interrupt())
        return true
      case 'ctrl+c':
        this.#onControlC()
        return true
      case 'ctrl+d':
        if (composer.text !== '') return false
        this.quit()
        return true
      case 'tab': {
        const { text } = composer
        if (!isWorking || text.trim() === '' || text.startsWith('/') || /(?:^|\s)@\S*$/.test(text)) return false
        composer.setText('')
        this.#remember(text)
        this.parts.conversation.queue(text.trim())
        return true
      }
      default:
        if (key.text !== '' || key.name === 'backspace') this.#desk.typed()
        return false
    }
  }

  #onControlC(): void {
    const { view, now, conversation } = this.parts
    if (view.composer.text !== '') view.composer.setText('')
    else if (this.state.turn !== undefined) this.attempt(() => conversation.interrupt())
    else if (this.#hint !== undefined && this.#hint.until >= now()) this.quit()
    else this.#hint = { words: 'press ctrl+c again to leave', until: now() + againWithinMs }
  }

  #submit(written: string): void {
    const text = written.trim()
    if (text === '') return
    this.#desk.typed(true)
    this.#remember(text)
    const slash = readSlash(text)
    const name = slash?.name
    if (slash === undefined) this.send(text)
    else if (name !== undefined) this.attempt(() => this.command(name, slash.argument))
    else {
      const names = slashCommands.map((command) => command.name)
      this.say('error', `unknown command /${slash.written}${suggestion(slash.written, names)}; /help lists them`)
    }
  }

  /** Says `text` to the agent, or runs it when it begins with `!`. */
  send(text: string): void {
    const { conversation, view } = this.parts
    this.attempt(async () => {
      if (text.startsWith('!')) {
        await conversation.client.request('thread/shellCommand', {
          threadId: conversation.threadId,
          command: text.slice(1).trim(),
        })
        return
      }
      try {
        await conversation.say(text)
      } catch (error) {
        if (view.composer.text === '') view.composer.setText(text)
        throw error
      }
    })
  }

  #remember(text: string): void {
    this.parts.view.composer.remember(text)
    this.attempt(() => this.parts.history.add(text))
  }
}
