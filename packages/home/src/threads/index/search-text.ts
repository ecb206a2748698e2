import { eventItem } from '../model/event-items.js'
import { list, members, text, texts } from '../model/members.js'
import { storedItem } from '../model/stored-items.js'
import type { StoredItem } from '../model/thread-item.js'
import { parseRolloutLine, peekTypes } from '../rollout/parse-line.js'
import { type RawLine, scanLines } from '../rollout/scan-lines.js'
import type { TimeSlices } from '../time-slices.js'

/** Characters around the words that were found. */
const before = 60
const after = 140
const linesBetweenLooks = 64

/**
 * The words around the first place in a conversation that holds `term`, whatever its case, or undefined.
 * Looks at what the person and the agent said and thought, not at what tools gave.
 */
export async function findInThread(path: string, term: string, slices: TimeSlices): Promise<string | undefined> {
  const wanted = term.toLowerCase()
  // As it stands between the quotes of a JSON line.
  const written = JSON.stringify(wanted).slice(1, -1)
  let sinceLook = 0
  for (const raw of scanLines(path)) {
    if (++sinceLook % linesBetweenLooks === 0 && slices.isUp) await slices.breathe()
    if (peekTypes(raw)?.type !== 'event_msg' || !rawText(raw).includes(written)) continue
    const snippet = snippetOf(saidIn(raw), wanted)
    if (snippet !== undefined) return snippet
  }
  return undefined
}

/** The words around `wanted` in `said`, on one line, or undefined. */
export function snippetOf(said: string, wanted: string): string | undefined {
  const at = said.toLowerCase().indexOf(wanted.toLowerCase())
  if (at < 0) return undefined
  const [from, to] = [Math.max(0, at - before), at + wanted.length + after]
  const words = said.slice(from, to).replace(/\s+/g, ' ').trim()
  return `${from > 0 ? '…' : ''}${words}${to < said.length ? '…' : ''}`
}

function rawText({ buffer, from, to }: RawLine): string {
  return buffer.toString('utf8', from, to).toLowerCase()
}

function saidIn(raw: RawLine): string {
  const event = parseRolloutLine(raw)?.payload ?? {}
  if (event.type === 'agent_reasoning') return text(event.text)
  const item =
    event.type === 'item_completed'
      ? storedItem(members(event.item), { startedAtMs: null, completedAtMs: null })
      : eventItem(event)?.make(() => '')
  return item ? wordsOf(item) : ''
}

function wordsOf(item: StoredItem): string {
  switch (item.type) {
    case 'userMessage':
      return list(item.content)
        .map((part) => text(members(part).text))
        .join('\n')
    case 'agentMessage':
    case 'plan':
      return text(item.text)
    case 'reasoning':
      return texts(item.summary).join('\n')
    default:
      return ''
  }
}
