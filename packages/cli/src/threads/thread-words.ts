import type { Thread } from '@gangway/protocol'
import { escapeControls } from '../terminal/escape.js'

/** What people know a thread by, on one line: its name, else its first words. */
export function titleOf({ name, preview }: Thread): string {
  const words = (name ?? '').trim() || preview.trim()
  return escapeControls(words.replace(/\s+/g, ' ')) || '(no words yet)'
}

/** What kind of program began a thread, in one word. */
export function sourceOf({ source }: Thread): string {
  if (typeof source === 'string') return source
  if ('custom' in source) return escapeControls(source.custom)
  return 'subAgent'
}

/** The beginning of an id that is almost always enough to name the thread: the time in it, to the millisecond. */
export function shortId({ id }: Thread): string {
  return id.slice(0, 13)
}
