import type { ResponseItem } from '@gangway/protocol'

/** What the model should know beside the words of the conversation. Empty parts are not told. */
export interface ContextParts {
  /** Told as the developer, each under its key. */
  readonly developer: ReadonlyMap<string, string>
  /** Told as the person. */
  readonly user: ReadonlyMap<string, string>
}

/**
 * Remembers what the model was told, so that a change is told as a new message and nothing is told twice: what was told
 * stays as it is, which keeps the server's cache of it warm.
 */
export class ToldContext {
  #told = new Map<string, string>()

  /** The messages that bring the model up to date; none where it knows all. They count as told then. */
  tell({ developer, user }: ContextParts): ResponseItem[] {
    return [...this.#message('developer', developer), ...this.#message('user', user)]
  }

  /** What was told is gone from the history: the next time all is told again. */
  forget(): void {
    this.#told = new Map()
  }

  /** A resumed thread: its history holds these texts. */
  recall(items: readonly ResponseItem[], { developer, user }: ContextParts): void {
    const said = new Set<string>()
    for (const item of items) {
      if (item.type !== 'message') continue
      for (const part of item.content) if ('text' in part) said.add(part.text)
    }
    for (const [key, text] of [...developer, ...user]) if (said.has(text)) this.#told.set(key, text)
  }

  #message(role: 'developer' | 'user', parts: ReadonlyMap<string, string>): ResponseItem[] {
    const changed: string[] = []
    for (const [key, text] of parts) {
      const before = this.#told.get(key) ?? ''
      if (before === text) continue
      this.#told.set(key, text)
      if (text !== '') changed.push(text)
    }
    if (changed.length === 0) return []
    return [{ type: 'message', role, content: changed.map((text) => ({ type: 'input_text' as const, text })) }]
  }
}
