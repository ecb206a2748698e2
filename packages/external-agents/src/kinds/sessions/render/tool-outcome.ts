import type { SessionEvent } from '../../../session.js'
import type { FateCounts } from './fate-counts.js'
import { imageUrls } from './image-urls.js'
import { cutText, wellFormed } from './plain-text.js'
import type { RenderLimits } from './render-options.js'
import { membersOf, type ToolOutcome } from './tool-view.js'

type ToolResult = Extract<SessionEvent, { type: 'toolResult' }>

/** How a call went, within the limits. Counts what is cut. */
export function outcomeOf(result: ToolResult, atMs: number, limits: RenderLimits, fates: FateCounts): ToolOutcome {
  const { text, leftOut } = cutText(wellFormed(fullText(result)), limits.maxToolOutputChars)
  if (leftOut > 0) fates.rewritten('toolResult', 'output-cut')
  else fates.mapped('toolResult')
  return {
    status: statusOf(result),
    text,
    imageUrls: imageUrls(result.images, limits.maxImageBytes, fates),
    details: result.details,
    atMs,
  }
}

/** The outcome of a call that has no result, and gets none. The words are those that the reference itself puts there. */
export function unanswered(atMs: number): ToolOutcome {
  return { status: 'failed', text: 'aborted', imageUrls: [], details: null, atMs }
}

/** The outcome of a call whose result may still come. */
export function stillOpen(atMs: number): ToolOutcome {
  return { status: 'inProgress', text: '', imageUrls: [], details: null, atMs }
}

/** Where the log kept no text for the model, its structured result may hold what a command printed. */
function fullText({ text, details }: ToolResult): string {
  if (text !== '') return text
  const { stdout, stderr } = membersOf(details)
  return [stdout, stderr].filter((part) => typeof part === 'string' && part !== '').join('\n')
}

function statusOf({ isError, text, details }: ToolResult): ToolOutcome['status'] {
  if (!isError) return 'completed'
  const said = `${text.slice(0, 500)} ${typeof details === 'string' ? details.slice(0, 500) : ''}`
  return declinedPattern.test(said) ? 'declined' : 'failed'
}

/** What the other agent writes when the person or a rule says no. */
const declinedPattern =
  /doesn't want to (?:proceed with this tool use|take this action)|tool use was rejected|user rejected tool use|Permission to use .+ has been denied/is
