import type { ThreadItem } from '@gangway/protocol'
import type { SessionItem } from '../../session/session-shape.js'
import type { Conversation } from '../conversation.js'
import type { Panel } from '../panels/panel.js'
import { questionPanel } from '../panels/questions.js'
import { shownCommand } from '../screen/command-lines.js'
import { diffOf } from '../screen/diff-lines.js'
import { permissionWords } from '../screen/status-lines.js'
import { toolWords } from '../screen/tool-lines.js'
import { readSlash } from '../slash-commands.js'
import { safeOutput, safeText } from '../view/measure.js'
import { createTheme } from '../view/theme.js'

/** Columns that questions are broken at. */
const questionWidth = 100

/** A conversation in lines: what is said when something happens, and what a line that was typed does. */
export class PlainTalk {
  readonly #conversation: Conversation
  readonly #print: (line: string) => void
  readonly #told = new Map<string, SessionItem['stage']>()
  #toldNotices = 0
  #wasWorking = false
  /** A turn runs, or was asked for. */
  #isWorking = false
  #hasEnded = false
  #asked: { readonly id: unknown; readonly panel: Panel } | undefined
  #whenIdle: () => void = () => {}

  /** @param print says one line */
  constructor(conversation: Conversation, print: (line: string) => void) {
    this.#conversation = conversation
    this.#print = print
  }

  /** Says text from outside, made safe. */
  say(text: string): void {
    for (const line of safeText(text).split('\n')) this.#print(line)
  }

  /** Says where one is. */
  greet(): void {
    const { thread } = this.#conversation.state
    if (thread !== undefined) this.say(`Model ${thread.model}, folder ${thread.cwd}, ${permissionWords(thread)}.`)
    this.say('Type a message and press enter. /help lists commands.')
  }

  /** Says what is new in the state. */
  changed(): void {
    const { state } = this.#conversation
    for (const { number, kind, message } of state.notices) {
      if (number > this.#toldNotices) this.say(`${kind === 'error' ? 'Error' : 'Note'}: ${message}`)
      this.#toldNotices = Math.max(number, this.#toldNotices)
    }
    for (const entry of state.items) this.#tell(entry)
    if (this.#wasWorking && state.turn === undefined) this.#tellEnd()
    this.#wasWorking = state.turn !== undefined
    this.#ask()
  }

  /** Takes a typed line. @returns whether the person leaves */
  async take(line: string): Promise<'quit' | 'stay'> {
    const text = line.trim()
    if (text === '') return 'stay'
    if (this.#asked !== undefined) {
      this.#answer(this.#asked, text)
      return 'stay'
    }
    try {
      return await this.#do(text)
    } catch (error) {
      this.#isWorking = this.#wasWorking
      this.say(`Error: ${error instanceof Error ? error.message : String(error)}`)
      return 'stay'
    }
  }

  /** No line comes any more: questions are refused. Resolves when what was said last is answered. */
  async finish(): Promise<void> {
    this.#hasEnded = true
    this.#asked?.panel.onKey({ name: 'escape', text: '' })
    if (!this.#isWorking) return
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve
    })
  }

  async #do(text: string): Promise<'quit' | 'stay'> {
    const conversation = this.#conversation
    const slash = readSlash(text)
    switch (slash?.written) {
      case undefined:
        this.#isWorking = true
        if ((await conversation.say(text)) === 'queued') this.say('It is said when the agent is done.')
        return 'stay'
      case 'quit':
      case 'exit':
        return 'quit'
      case 'new':
        await conversation.start()
        this.say('A new conversation.')
        return 'stay'
      case 'resume':
        if (!slash?.argument) throw new Error('/resume needs an id; gangway threads list shows them')
        await conversation.resume(slash.argument)
        return 'stay'
      case 'stop':
        await conversation.interrupt()
        return 'stay'
      case 'status':
        this.greet()
        return 'stay'
      case 'help':
        this.say('/new, /resume ID, /stop (interrupts the agent), /status, /quit. The screen mode has more.')
        return 'stay'
      default:
        throw new Error(`/${slash?.written} is not known in plain mode; /help lists what is`)
    }
  }

  #tell({ item, stage }: SessionItem): void {
    const told = this.#told.get(item.id)
    if (told === stage) return
    this.#told.set(item.id, stage)
    if (stage === 'running' && item.type === 'commandExecution') this.say(`Runs: ${shownCommand(item.command)}`)
    if (stage !== 'running') for (const line of endOf(item, told !== undefined)) this.say(line)
  }

  #tellEnd(): void {
    this.#isWorking = false
    const ended = this.#conversation.state.lastTurn
    if (ended?.status === 'interrupted') this.say('Interrupted.')
    else if (ended?.status === 'completed') this.say('Done.')
    this.#whenIdle()
  }

  #ask(): void {
    const { state } = this.#conversation
    const [question] = state.questions
    if (question === undefined) this.#asked = undefined
    if (question === undefined || question.id === this.#asked?.id) return
    const panel = questionPanel(
      question,
      () => state,
      createTheme(false),
      (result) => {
        this.#asked = undefined
        this.#conversation.answer(question.id, result).catch((error: unknown) => this.say(`Error: ${String(error)}`))
      },
    )
    this.#asked = { id: question.id, panel }
    this.#show(panel)
    if (this.#hasEnded) panel.onKey({ name: 'escape', text: '' })
  }

  #show(panel: Panel): void {
    for (const line of panel.lines(questionWidth)) this.#print(line.replace('▏', ''))
  }

  /** A word, a letter or a number, as a key would be. */
  #answer({ id, panel }: { readonly id: unknown; readonly panel: Panel }, text: string): void {
    if (/^esc(?:ape)?$/i.test(text)) panel.onKey({ name: 'escape', text: '' })
    else if ([...text].length === 1) {
      panel.onKey({ name: text.toLowerCase(), text })
      if (this.#asked?.id === id && !/\d/.test(text)) panel.onKey({ name: 'enter', text: '' })
    } else {
      panel.onKey({ name: undefined, text })
      panel.onKey({ name: 'enter', text: '' })
    }
    if (this.#asked?.id === id) this.#show(panel)
  }
}

/** What is said of an item at its end. @param wasTold whether its beginning was */
function endOf(item: ThreadItem, wasTold: boolean): readonly string[] {
  switch (item.type) {
    case 'userMessage':
      return [`You: ${item.content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join(' ')}`]
    case 'agentMessage':
    case 'plan':
      return [`Agent: ${item.text}`]
    case 'commandExecution': {
      const output = safeOutput(item.aggregatedOutput ?? '').trimEnd()
      const end = item.status === 'declined' ? 'Not run.' : `Ended with ${item.exitCode ?? item.status}.`
      return [...(wasTold ? [] : [`Runs: ${shownCommand(item.command)}`]), ...(output === '' ? [] : [output]), end]
    }
    case 'fileChange':
      return item.changes.flatMap((change) => [
        `${item.status === 'completed' ? 'Changed' : 'Not changed'}: ${change.kind.type} ${change.path}`,
        diffOf(change),
      ])
    case 'mcpToolCall':
      return [`Called ${item.server} ${item.tool}: ${item.status}`]
    default: {
      const words = toolWords(item)
      return words === undefined ? [] : [words]
    }
  }
}
