import type { SessionEvent } from '../../../../session.js'

/** An agent's text with the id of the model's message that it is part of. */
export interface MessagePart {
  readonly messageId: string | undefined
}

type Note = Extract<SessionEvent, { type: 'note' }>
type AgentMessage = Extract<SessionEvent, { type: 'agentMessage' }>
type UserMessage = Extract<SessionEvent, { type: 'userMessage' }>

/**
 * Puts together what a log spreads over several records, by looking one step ahead: texts of one message of the model, a
 * compaction and its summary, a command and what it did.
 */
export class EventFlow {
  readonly #ready: SessionEvent[] = []
  #agent: (AgentMessage & MessagePart) | undefined
  #hasBoundary: { readonly atMs: number | null } | undefined
  #command: UserMessage | undefined
  /** What came behind a command and does not tell what it was. */
  #held: Note[] = []

  /** Takes the events that are complete, in order. */
  take(): SessionEvent[] {
    return this.#ready.splice(0)
  }

  add(event: SessionEvent): void {
    if (this.#hasBoundary && event.type !== 'note') this.#endBoundary()
    this.#endAgent()
    if (this.#command && !this.#decideCommand(event)) {
      this.#held.push(event as Note)
      return
    }
    this.#ready.push(event)
  }

  /** Texts of one message that follow each other become one, with a blank line between. */
  agentMessage(event: AgentMessage, messageId: string | undefined): void {
    if (this.#agent && messageId !== undefined && this.#agent.messageId === messageId) {
      this.#agent = { ...this.#agent, text: `${this.#agent.text}\n\n${event.text}` }
      return
    }
    if (this.#hasBoundary) this.#endBoundary()
    this.#endAgent()
    if (this.#command) this.#decideCommand(event)
    this.#agent = { ...event, messageId }
  }

  /** Whether a compaction waits for its summary. */
  get isAtBoundary(): boolean {
    return this.#hasBoundary !== undefined
  }

  boundary(atMs: number | null): void {
    this.#settle()
    this.#hasBoundary = { atMs }
  }

  /** The summary belongs to the boundary before it, if there is one. */
  summary(text: string, atMs: number | null): void {
    const boundary = this.#hasBoundary
    this.#hasBoundary = undefined
    this.#settle()
    this.#ready.push({ type: 'compaction', atMs: boundary?.atMs ?? atMs, summary: text })
  }

  /** A command is the person's request when the agent answers it, and a note when the program does. */
  command(event: UserMessage): void {
    this.#settle()
    this.#command = event
  }

  /** Nothing comes any more. */
  end(): void {
    this.#settle()
  }

  #settle(): void {
    this.#endBoundary()
    this.#endAgent()
    if (this.#command) this.#endCommand(false)
  }

  #endBoundary(): void {
    const boundary = this.#hasBoundary
    this.#hasBoundary = undefined
    if (boundary) this.#ready.push({ type: 'compaction', atMs: boundary.atMs, summary: null })
  }

  #endAgent(): void {
    if (!this.#agent) return
    const { messageId: _, ...event } = this.#agent
    this.#agent = undefined
    this.#ready.push(event)
  }

  /** Gives false when the event does not tell what the command was. */
  #decideCommand(event: SessionEvent): boolean {
    if (event.type !== 'note') this.#endCommand(event.type !== 'userMessage')
    else if (event.code === 'meta') this.#endCommand(true)
    else if (event.code === 'command-output') this.#endCommand(false)
    else return false
    return true
  }

  #endCommand(isRequest: boolean): void {
    const command = this.#command
    this.#command = undefined
    if (command) {
      this.#ready.push(isRequest ? command : { type: 'note', code: 'command', atMs: command.atMs, text: command.text })
    }
    this.#ready.push(...this.#held.splice(0))
  }
}
