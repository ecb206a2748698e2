import type { FateReason } from '../../../fact.js'

/** What became of a class of things. */
export type RenderFate = 'mapped' | 'rewritten' | 'dropped'

/** How many of one class had one fate. */
interface RenderedFact {
  /**
   * Class: `userMessage`, `agentMessage`, `reasoning`, `toolCall:<kind>`, `toolResult`, `compaction`, `note:<code>`,
   * `document`, `subagent`, `image`, `tool arguments`.
   */
  readonly what: string
  readonly fate: RenderFate
  /** Why it is not simply there; null for `mapped`. */
  readonly reason: FateReason | null
  readonly count: number
}

/** What became of everything that was rendered, in the order in which it first happened. */
export type RenderReport = readonly RenderedFact[]

/** Why something did not arrive as it was. */
export const renderReasons = {
  'empty-text': 'there is no text in it',
  'output-cut': 'the result is longer than the limit; its beginning and its end are kept',
  'image-over-limit': 'the image is larger than the limit',
  'image-without-data': 'the log names the image and does not hold it',
  'not-text': 'it is no text; its name and type are kept',
  'not-the-persons-words': 'a notice of the program, not part of the conversation',
  'no-summary': 'the log does not say what was kept, so the model sees everything',
  'call-missing': 'the log does not hold the call that this is the result of',
  'kept-beside-the-item': 'the new agent has no place for it; it stands in the thread as `source_input`',
  'nested-too-deep': 'readers of threads refuse such depth; the model gets it as text',
  'no-thread': 'the helper agent has no thread of its own',
} as const

export type RenderReasonCode = keyof typeof renderReasons
