import type { RolloutLine } from '@gangway/home'
import type { SessionEvent, SessionSummary } from '../../../session.js'
import type { RenderOptions } from './render-options.js'
import { SessionRenderer } from './session-renderer.js'

/**
 * The lines of a whole thread, its first line included, as the events come; of growth (`options.after`), the lines to append.
 * Of a session that was rewritten, what was rendered before that was known: use a `SessionRenderer` to know.
 */
export async function* renderSession(
  summary: SessionSummary,
  events: Iterable<SessionEvent> | AsyncIterable<SessionEvent>,
  options: RenderOptions,
): AsyncGenerator<RolloutLine, void, undefined> {
  const renderer = new SessionRenderer(summary, options)
  if (!options.after) yield renderer.head()
  for await (const event of events) yield* renderer.push(event)
  yield* renderer.finish()
}
