import type { SessionImage } from '../../../../session.js'
import { asText } from '../../../reading/sessions/record.js'
import { blockOf, blocksOf, documentOf, imageOf, resultOf } from './blocks.js'
import { spokenPieces } from './person-words.js'
import type { PlacedRecord, ReadingState } from './reading-state.js'

/**
 * Turns what stands in the log as the person's message into events: results of tools first, then notes, documents and the
 * words with their pictures. Gives the record's fate.
 */
export function personBlocks(placed: PlacedRecord, state: ReadingState): string {
  const { record, atMs, id } = placed
  const { flow, tally, surrogates } = state
  const blocks = blocksOf(record).map(blockOf)
  const results = blocks.filter((block) => block.type === 'tool_result')
  const speech = new Speech(placed, state)
  let isShown = false
  let isDuplicate = false
  for (const block of results) {
    const callId = asText(block.tool_use_id) ?? ''
    if (state.answeredBeside.has(callId)) {
      isDuplicate = true
      continue
    }
    if (placed.isBeside) state.answeredBeside.add(callId)
    const { text, images, otherBlocks } = resultOf(block.content)
    const details = results.length === 1 ? surrogates.value(record.toolUseResult ?? null) : null
    tally.seen('tool-results')
    tally.seen('images', images.length)
    tally.seen('unknown-blocks', otherBlocks)
    const isError = block.is_error === true
    flow.add({ type: 'toolResult', callId, atMs, text: surrogates.text(text), images, isError, details })
    const path = state.helpers.result(callId, details)
    if (path !== undefined) {
      tally.seen('subagents')
      flow.add({ type: 'subagent', callId, path, atMs })
    }
    isShown = true
  }
  blocks.forEach((block, place) => {
    switch (block.type) {
      case 'tool_result':
        return
      case 'text':
        speech.text(asText(block.text) ?? '')
        return
      case 'image': {
        const image = imageOf(block)
        if (image) speech.image(image)
        else speech.unknown(block)
        return
      }
      case 'document': {
        const { name, mediaType, text } = documentOf(block)
        const clean = text === null ? null : surrogates.text(text)
        tally.seen('documents')
        flow.add({ type: 'document', id: place === 0 ? id : `${id}:${place}`, atMs, name, mediaType, text: clean })
        isShown = true
        return
      }
      default:
        speech.unknown(block)
    }
  })
  const spoken = speech.end()
  if (isShown || spoken === 'shown') return 'shown'
  return isDuplicate ? 'duplicate' : spoken
}

/** Gathers the words and pictures of one message. */
class Speech {
  readonly #words: string[] = []
  readonly #images: SessionImage[] = []
  #command: string | undefined
  #isCompaction = false
  #hasNote = false

  constructor(
    readonly placed: PlacedRecord,
    readonly state: ReadingState,
  ) {}

  text(text: string): void {
    const { flow, tally, surrogates } = this.state
    const { atMs } = this.placed
    for (const piece of spokenPieces(surrogates.text(text))) {
      switch (piece.type) {
        case 'words':
          this.#words.push(piece.text)
          break
        case 'command':
          this.#command = piece.text
          break
        case 'compaction':
          if (!flow.isAtBoundary) tally.seen('compactions')
          flow.summary(piece.text, atMs)
          this.#isCompaction = true
          break
        case 'note':
          this.#note(piece.code, piece.text)
          break
        default:
          piece satisfies never
      }
    }
  }

  image(image: SessionImage): void {
    this.state.tally.seen('images')
    this.#images.push(image)
  }

  unknown(block: { readonly type: string }): void {
    this.state.tally.seen('unknown-blocks')
    this.#note(`unknown-block:${block.type}`, JSON.stringify(block))
  }

  /** Adds the message, if there is one. */
  end(): 'shown' | 'note' | 'empty' {
    const { flow, tally } = this.state
    const { id, atMs } = this.placed
    const text = this.#words.join('\n\n')
    if (text !== '' || this.#images.length > 0) {
      // Words behind a command's wrappers belong to it.
      const whole = this.#command ? `${this.#command}\n\n${text}` : text
      tally.seen('user-messages')
      flow.add({ type: 'userMessage', id, atMs, text: whole, images: this.#images })
      return 'shown'
    }
    if (this.#command) {
      tally.seen('commands')
      flow.command({ type: 'userMessage', id, atMs, text: this.#command, images: [] })
      return 'shown'
    }
    if (this.#isCompaction) return 'shown'
    return this.#hasNote ? 'note' : 'empty'
  }

  #note(code: string, text: string): void {
    this.#hasNote = true
    this.state.tally.seen('notes')
    this.state.flow.add({ type: 'note', code, atMs: this.placed.atMs, text })
  }
}
