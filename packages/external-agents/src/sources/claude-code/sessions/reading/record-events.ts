import { asText, type LogRecord } from '../../../reading/sessions/record.js'
import { agentBlocks } from './agent-blocks.js'
import { attachmentEvents } from './attachments.js'
import { blocksOf } from './blocks.js'
import { personBlocks } from './person-blocks.js'
import { addNote, type PlacedRecord, type ReadingState } from './reading-state.js'

/** Subtypes of `system` records that say something to the person. */
const SYSTEM_NOTES: { readonly [subtype: string]: string } = {
  local_command: 'command-output',
  api_error: 'api-error',
  informational: 'notice',
}

/** Turns a record into events; gives its fate. */
export function readRecord(placed: PlacedRecord, state: ReadingState): string {
  const { record, atMs } = placed
  switch (record.type) {
    case 'user':
      if (record.isMeta === true) return metaNote(placed, state)
      if (record.isCompactSummary === true) return summary(placed, state)
      return personBlocks(placed, state)
    case 'assistant':
      return agentRecord(placed, state)
    case 'attachment':
      return attachmentEvents(placed, state)
    case 'system':
      if (record.subtype === 'compact_boundary') {
        state.tally.seen('compactions')
        state.flow.boundary(atMs)
        return 'shown'
      }
      return systemNote(placed, state)
    default:
      return `bookkeeping:${asText(record.type) ?? 'untyped'}`
  }
}

function agentRecord(placed: PlacedRecord, state: ReadingState): string {
  const { record, atMs } = placed
  if (record.isMeta === true) return metaNote(placed, state)
  if (record.isApiErrorMessage === true) {
    state.tally.seen('api-errors')
    return addNote('api-error', textsOf(record), atMs, state) ? 'note' : 'empty'
  }
  return agentBlocks(placed, state)
}

function summary({ record, atMs }: PlacedRecord, state: ReadingState): string {
  const isMarked = state.flow.isAtBoundary
  if (!isMarked) state.tally.seen('compactions')
  state.flow.summary(state.surrogates.text(textsOf(record)), atMs)
  return 'shown'
}

function metaNote({ record, atMs }: PlacedRecord, state: ReadingState): string {
  const text = textsOf(record)
  const code = /^Caveat: |^<local-command-caveat>/.test(text) ? 'caveat' : 'meta'
  state.tally.seen('meta')
  addNote(code, text, atMs, state)
  return 'meta'
}

function systemNote({ record, atMs }: PlacedRecord, state: ReadingState): string {
  const subtype = asText(record.subtype) ?? 'unknown'
  const code = SYSTEM_NOTES[subtype]
  const text = asText(record.content)
  if (code === undefined || text === undefined) return `bookkeeping:system/${subtype.slice(0, 60)}`
  const bare = text
    .replace(/<\/?(?:local-command-(?:stdout|stderr|caveat)|command-(?:name|message|args))>/g, ' ')
    .trim()
  return addNote(code, bare, atMs, state) ? 'note' : 'empty'
}

function textsOf(record: LogRecord): string {
  const texts: string[] = []
  for (const block of blocksOf(record)) {
    const text = asText((block as LogRecord | null)?.text) ?? asText(block)
    if (text) texts.push(text)
  }
  return texts.join('\n\n')
}
