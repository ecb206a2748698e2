import type { SessionEvent, SessionImage } from '../../../session.js'
import { asRecord, asText, type LogRecord, recordsIn, timeOf } from '../../reading/sessions/record.js'
import type { SessionTally } from '../../reading/sessions/session-tally.js'
import { neutralCall } from './tool-words.js'
import { titleOf, userWords } from './user-words.js'

/** What one record of a transcript gives. */
export interface ReadRecord {
  /** `shown`, `note`, `empty`, or `bookkeeping:<type>`. */
  readonly fate: string
  readonly events: readonly SessionEvent[]
  /** What the record would make as the title of the session. */
  readonly title?: string | undefined
}

/** Stands for the result of a call where the transcript goes on without one. */
const NO_RESULT = '(the transcript does not hold the result)'

/** Reads the records of one transcript, one after the other. Source: reference 0.169.0, import-sessions 2b. */
export class RecordReader {
  /** Records that say no time. */
  withoutTime = 0
  /** Calls that have no result yet. */
  readonly #open = new Set<string>()
  #calls = 0

  constructor(readonly tally: SessionTally) {}

  /** @param id of the record, unique in the transcript */
  read(record: LogRecord, id: string): ReadRecord {
    const { role } = record
    const message = asRecord(record.message) ?? record
    if ((role !== 'user' && role !== 'assistant' && role !== 'tool') || !('content' in message)) {
      return { fate: `bookkeeping:${asText(record.type) ?? asText(role) ?? 'unknown'}`, events: [] }
    }
    const atMs = timeOf(record) ?? null
    const blocks = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content
    const list = recordsIn(blocks)
    const read =
      role === 'user' ? this.#person(list, id, atMs) : this.#agent(list, id, atMs, asText(record.model) ?? null)
    if (read.fate === 'shown' && read.events.every((event) => !('atMs' in event) || event.atMs === null)) {
      this.withoutTime += 1
    }
    return read
  }

  #person(blocks: readonly LogRecord[], id: string, given: number | null): ReadRecord {
    const events: SessionEvent[] = blocks.flatMap((block, index) => this.#result(block, id, index, given))
    const text = textOf(blocks)
    const images = blocks.flatMap(imageOf)
    const { words, context, atMs: said } = userWords(text)
    const atMs = given ?? said
    if (context !== '') {
      this.tally.seen('notes')
      events.push({ type: 'note', code: 'context', atMs, text: context })
    }
    if (words.trim() === '' && images.length === 0) {
      return { fate: events.length > 0 ? 'note' : 'empty', events }
    }
    const closing = this.#closed(atMs)
    if (images.length > 0) this.tally.seen('images', images.length)
    this.tally.seen('user-messages')
    const message: SessionEvent = { type: 'userMessage', id, atMs, text: words, images }
    return { fate: 'shown', events: [...closing, ...events, message], title: titleOf(words) }
  }

  #agent(blocks: readonly LogRecord[], id: string, atMs: number | null, model: string | null): ReadRecord {
    const events: SessionEvent[] = []
    for (const [index, block] of blocks.entries()) {
      const text = asText(block.text) ?? asText(block.thinking) ?? ''
      const at = `${id}-${index}`
      switch (block.type) {
        case 'text':
          if (text.trim() === '') break
          this.tally.seen('agent-messages')
          events.push({ type: 'agentMessage', id: at, atMs, text, model })
          break
        case 'thinking':
        case 'reasoning':
          if (text.trim() === '') break
          this.tally.seen('thinking')
          events.push({ type: 'reasoning', id: at, atMs, text })
          break
        case 'tool_use':
        case 'tool-call':
          events.push(...this.#call(block, atMs))
          break
        default:
          events.push(...this.#result(block, id, index, atMs))
      }
    }
    if (events.length === 0) return { fate: 'empty', events }
    // Results of earlier calls may still stand in this record; those without any are closed when something else is said.
    const says = events.some(({ type }) => type === 'agentMessage' || type === 'toolCall')
    const own = new Set(events.flatMap((event) => (event.type === 'toolCall' ? [event.id] : [])))
    return { fate: 'shown', events: says ? [...this.#closed(atMs, own), ...events] : events }
  }

  #call(block: LogRecord, atMs: number | null): readonly SessionEvent[] {
    const name = asText(block.name) ?? asText(block.toolName) ?? 'unknown'
    const id = asText(block.id) ?? asText(block.toolCallId) ?? `call-${this.#calls}`
    this.#calls += 1
    this.#open.add(id)
    this.tally.seen('tool-calls')
    return [{ type: 'toolCall', id, atMs, ...neutralCall(name, block.input ?? block.args ?? {}) }]
  }

  #result(block: LogRecord, id: string, index: number, atMs: number | null): readonly SessionEvent[] {
    if (block.type !== 'tool_result' && block.type !== 'tool-result') {
      if (block.type !== 'text' && block.type !== 'image') this.tally.seen('other-blocks')
      return []
    }
    const callId = asText(block.tool_use_id) ?? asText(block.toolCallId) ?? [...this.#open][0] ?? `${id}-${index}`
    this.#open.delete(callId)
    this.tally.seen('tool-results')
    const { content = block.result } = block
    const blocks = recordsIn(content)
    const text = typeof content === 'string' ? content : Array.isArray(content) ? textOf(blocks) : jsonOf(content)
    const isError = block.is_error === true || block.isError === true
    return [{ type: 'toolResult', callId, atMs, text, images: blocks.flatMap(imageOf), isError, details: null }]
  }

  /** The results that will not come: the conversation went on. */
  #closed(atMs: number | null, except: ReadonlySet<string> = new Set()): readonly SessionEvent[] {
    const ids = [...this.#open].filter((id) => !except.has(id))
    for (const id of ids) this.#open.delete(id)
    return ids.map((callId) => ({
      type: 'toolResult',
      callId,
      atMs,
      text: NO_RESULT,
      images: [],
      isError: false,
      details: null,
    }))
  }
}

/** Texts of blocks, with a blank line between. */
function textOf(blocks: readonly LogRecord[]): string {
  return blocks
    .flatMap((block) => (block.type === 'text' || block.type === undefined ? (asText(block.text) ?? []) : []))
    .filter((text) => text.trim() !== '')
    .join('\n\n')
}

function imageOf(block: LogRecord): readonly SessionImage[] {
  if (block.type !== 'image') return []
  const source = asRecord(block.source)
  const base64 = asText(source?.data) ?? asText(block.data)
  const mediaType = asText(source?.media_type) ?? asText(block.mimeType) ?? 'image/png'
  return base64 === undefined ? [] : [{ mediaType, base64 }]
}

function jsonOf(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
