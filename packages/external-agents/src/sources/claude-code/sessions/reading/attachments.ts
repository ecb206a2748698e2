import { basename } from 'node:path'
import { asRecord, asText, type LogRecord } from '../../../reading/sessions/record.js'
import { personBlocks } from './person-blocks.js'
import { addNote, type PlacedRecord, type ReadingState } from './reading-state.js'

/** Attachments that are words of a hook. */
const HOOK = /^hook_/

/** Turns what Claude Code attached to a message into events; gives the record's fate. */
export function attachmentEvents(placed: PlacedRecord, state: ReadingState): string {
  const { atMs, id } = placed
  const attachment = asRecord(placed.record.attachment) ?? {}
  const type = asText(attachment.type) ?? 'unknown'
  if (type === 'queued_command') return queued(placed, attachment, state)
  if (type === 'file') {
    const file = asRecord(asRecord(attachment.content)?.file)
    const text = asText(file?.content)
    if (text === undefined) return `bookkeeping:attachment/${type}`
    const path = asText(attachment.filename) ?? asText(file?.filePath)
    state.tally.seen('documents')
    const name = path === undefined ? null : state.surrogates.text(basename(path))
    state.flow.add({ type: 'document', id, atMs, name, mediaType: 'text/plain', text: state.surrogates.text(text) })
    return 'shown'
  }
  if (HOOK.test(type)) {
    const text = [attachment.content, attachment.stdout, attachment.stderr].flatMap(textsOf).join('\n')
    return addNote('hook-output', text, atMs, state) ? 'note' : 'empty'
  }
  return `bookkeeping:attachment/${type.slice(0, 60)}`
}

/** What the person typed while the agent was at work. */
function queued(placed: PlacedRecord, attachment: LogRecord, state: ReadingState): string {
  const { prompt } = attachment
  if (attachment.commandMode === 'task-notification') {
    const text = textsOf(prompt).join('\n')
    return addNote('task-notification', text, placed.atMs, state) ? 'note' : 'empty'
  }
  return personBlocks({ ...placed, record: { type: 'user', message: { content: prompt } } }, state)
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return textsOf(asRecord(value)?.text ?? '')
}
