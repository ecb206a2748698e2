import type { ResponseItem } from '@gangway/protocol'

/** Tells the model that the person stopped it. The tags are those that the reference puts there and looks for. */
export const turnAbortedNote: ResponseItem = userNote(
  '<turn_aborted>\nThe person stopped the last turn on purpose. Commands that were under way may have done a part of their work, and some may still run in the background.\n</turn_aborted>',
)

/** A message that is told as the person's, but was not said by them. */
export function userNote(text: string): ResponseItem {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
}
