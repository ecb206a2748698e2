import { hash } from 'node:crypto'
import type { SessionEvent } from '../../../session.js'
import { jsonText } from './json-text.js'

/**
 * A value after each event that no other beginning of a session gives: the proof that a log still starts as it did. It is
 * made from what was said and done, not from how it is rendered, so that it holds over versions of the rendering.
 */
export class CheckChain {
  #digest: string
  #events: number

  constructor(from: { readonly digest: string; readonly events: number } = { digest: '', events: 0 }) {
    this.#digest = from.digest
    this.#events = from.events
  }

  /** Hex; empty before the first event. */
  get digest(): string {
    return this.#digest
  }

  get events(): number {
    return this.#events
  }

  /** @param input the call's input as JSON, when it is at hand */
  add(event: SessionEvent, input?: string): void {
    if (event.type === 'subagent') return
    // In one piece: making a hash object for each event costs more than the hashing.
    let text = this.#digest
    for (const part of partsOf(event, input)) text += `\0${part.length}\0${part}`
    this.#digest = hash('sha256', text)
    this.#events += 1
  }
}

function partsOf(event: Exclude<SessionEvent, { type: 'subagent' }>, input?: string): readonly string[] {
  switch (event.type) {
    case 'userMessage':
    case 'toolResult':
      return [
        event.type,
        event.type === 'toolResult' ? event.callId : event.id,
        event.text,
        ...event.images.map((image) => image.base64 ?? image.url ?? ''),
      ]
    case 'agentMessage':
    case 'reasoning':
      return [event.type, event.id, event.text]
    case 'toolCall':
      return [event.type, event.id, event.tool, input ?? jsonText(event.input)]
    case 'compaction':
      return [event.type, event.summary ?? '']
    case 'note':
      return [event.type, event.code, event.text]
    case 'document':
      return [event.type, event.id, event.name ?? '', event.text ?? '']
    default: {
      const never: never = event
      return [JSON.stringify(never)]
    }
  }
}
