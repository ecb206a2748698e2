import type { SessionEvent } from '../../../session.js'
import type { FateCounts } from './fate-counts.js'
import { imageUrls } from './image-urls.js'
import type { LineSink } from './line-sink.js'
import { cutText, wellFormed } from './plain-text.js'
import type { RenderLimits } from './render-options.js'
import { agentResponse, userResponse } from './response-items.js'
import type { TurnFrame } from './turn-frame.js'

type Said<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>

/** Put in the place of a message of which nothing is left. */
const nothingLeft = '[an image that was too large to bring over]'

/** Whether a message has neither words nor images. */
export function isSilent({ text, images }: Said<'userMessage'>): boolean {
  return text.trim() === '' && images.length === 0
}

/** What person and agent say to each other: once for the eye, and once for the model where it is for the model. */
export class Speech {
  #held: Said<'document'>[] = []
  #model: string | null = null

  constructor(
    readonly limits: RenderLimits,
    readonly sink: LineSink,
    readonly frame: TurnFrame,
    readonly fates: FateCounts,
  ) {}

  /** Begins a turn. @returns whether anything was said */
  user(event: Said<'userMessage'>): boolean {
    if (isSilent(event)) {
      this.fates.dropped('userMessage', 'empty-text')
      return false
    }
    const urls = imageUrls(event.images, this.limits.maxImageBytes, this.fates)
    const said = wellFormed(event.text)
    this.frame.begin(event.id)
    this.#userLines(said.trim() === '' && urls.length === 0 ? nothingLeft : said, urls)
    this.fates.mapped('userMessage')
    this.showHeld()
    return true
  }

  /** @returns whether anything was said */
  agent(event: Said<'agentMessage'>): boolean {
    if (event.text.trim() === '') {
      this.fates.dropped('agentMessage', 'empty-text')
      return false
    }
    const message = wellFormed(event.text)
    this.frame.idFor(event.id)
    const isOther = event.model !== null && event.model !== this.#model
    if (isOther) this.#model = event.model
    const model = isOther ? { source_model: event.model } : {}
    this.sink.event({ type: 'agent_message', message, phase: null, memory_citation: null, ...model, ...this.#times() })
    agentResponse(this.sink, message)
    this.fates.mapped('agentMessage')
    return true
  }

  /** For the eye only: a model server refuses thoughts that are not its own. */
  reasoning(event: Said<'reasoning'>): void {
    if (event.text.trim() === '') {
      this.fates.dropped('reasoning', 'empty-text')
      return
    }
    this.frame.idFor(event.id)
    this.sink.event({ type: 'agent_reasoning', text: wellFormed(event.text), ...this.#times() })
    this.fates.mapped('reasoning')
  }

  /** A document may stand before the words that it was sent with: it waits for them. */
  hold(event: Said<'document'>): void {
    this.#held.push(event)
  }

  /** Documents that were not sent with the message of that time belong to the turn before it. */
  showHeldBefore(atMs: number | null): void {
    const kept = this.#held.filter((document) => document.atMs === atMs)
    this.#held = this.#held.filter((document) => document.atMs !== atMs)
    this.showHeld()
    this.#held = kept
  }

  showHeld(): void {
    const documents = this.#held
    this.#held = []
    for (const document of documents) this.#document(document)
  }

  /** From here on the model sees the summary instead of what came before; the eye sees everything. */
  compaction({ summary }: Said<'compaction'>): void {
    this.frame.idFor(`compaction-${this.sink.clock.nowMs}`)
    if (summary === null || summary.trim() === '') this.fates.rewritten('compaction', 'no-summary')
    else {
      const message = wellFormed(summary)
      const replacement = { type: 'message', role: 'user', content: [{ type: 'input_text', text: message }] }
      this.sink.replaceHistory(message)
      this.sink.line('compacted', { message, replacement_history: [replacement] })
      this.fates.mapped('compaction')
    }
    this.sink.event({ type: 'context_compacted' })
  }

  /** Tells the model, in the reference's form, that the person stopped the turn. */
  interruption(): void {
    const text = '<turn_aborted>\nThe user interrupted the previous turn on purpose.\n</turn_aborted>'
    userResponse(this.sink, text, [])
  }

  /** As the reference estimates an imported thread: four bytes a token. It decides when a continued thread is compacted. */
  tokenEstimate(): void {
    const usage = {
      input_tokens: 0,
      cached_input_tokens: 0,
      output_tokens: 0,
      reasoning_output_tokens: 0,
      total_tokens: Math.ceil(this.sink.modelBytes / 4),
    }
    const info = { total_token_usage: usage, last_token_usage: usage, model_context_window: null }
    this.sink.event({ type: 'token_count', info, rate_limits: null })
  }

  #document(event: Said<'document'>): void {
    const name = wellFormed(event.name ?? 'document')
    const kind = wellFormed(event.mediaType)
    if (event.text === null) {
      this.fates.rewritten('document', 'not-text')
      this.#inTurn(event.id, `[document ${name} (${kind}), which is no text and was not brought over]`)
      return
    }
    const { text, leftOut } = cutText(wellFormed(event.text), this.limits.maxToolOutputChars)
    if (leftOut > 0) this.fates.rewritten('document', 'output-cut')
    else this.fates.mapped('document')
    this.#inTurn(event.id, `<document name="${name}" type="${kind}">\n${text}\n</document>`)
  }

  /** What was sent with a message stands in its turn; without one it begins a turn. */
  #inTurn(sourceId: string, text: string): void {
    if (this.frame.open === null) this.frame.begin(sourceId)
    this.#userLines(text, [])
  }

  #userLines(text: string, images: readonly string[]): void {
    // A list made from a database alone hides a thread whose first message begins with a blank line.
    const message = text.replace(/^(?:[^\S\n]*\n)+/, '')
    const shown = { message, images, local_images: [], local_audio: [], text_elements: [] }
    this.sink.event({ type: 'user_message', ...shown, ...this.#times() })
    userResponse(this.sink, text, images)
  }

  /** When it was said: events of this form have no time of their own, and readers pass over members that they do not know. */
  #times() {
    const { nowMs } = this.sink.clock
    return { started_at_ms: nowMs, completed_at_ms: nowMs }
  }
}
