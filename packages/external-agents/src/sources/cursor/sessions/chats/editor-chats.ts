import { asRecord, asText, type LogRecord, recordsIn } from '../../../reading/sessions/record.js'
import type { ChatRecord, WholeChat } from './chat.js'
import { type ReadDatabase, rowsOf, textOf } from './copied-database.js'

/** Conversations of the editor, one after the other. Source: tables as others describe them, Cursor 0.50 and later. */
export function* editorChats(database: ReadDatabase): Generator<WholeChat> {
  const keys = rowsOf(database, "SELECT key FROM cursorDiskKV WHERE key >= 'composerData:' AND key < 'composerData;'")
  for (const { key } of keys) {
    const [row] = rowsOf(database, 'SELECT value FROM cursorDiskKV WHERE key = ?', key)
    const composer = jsonOf(row?.value)
    const id = asText(key)?.slice('composerData:'.length)
    if (composer && id) yield chatOf(id, composer, database)
  }
}

/** Which conversations belong to the folder of a workspace, by their ids. */
export function chatsOfWorkspace(database: ReadDatabase): ReadonlyMap<string, { readonly title: string | null }> {
  const rows = rowsOf(database, "SELECT value FROM ItemTable WHERE key = 'composer.composerData'")
  const composers = rows.flatMap((row) => {
    const { allComposers } = jsonOf(row.value) ?? {}
    return recordsIn(allComposers)
  })
  return new Map(
    composers.flatMap((one) => {
      const id = asText(one.composerId)
      return id === undefined ? [] : [[id, { title: asText(one.name) ?? null }] as const]
    }),
  )
}

function chatOf(id: string, composer: LogRecord, database: ReadDatabase): WholeChat {
  const inline = recordsIn(composer.conversation)
  const bubbles = inline.length > 0 ? inline : bubblesOf(id, composer, database)
  const createdAtMs = timeIn(composer.createdAt)
  return {
    id,
    title: asText(composer.name)?.trim() || null,
    cwd: null,
    createdAtMs,
    updatedAtMs: timeIn(composer.lastUpdatedAt) ?? createdAtMs,
    records: bubbles.flatMap(recordOf),
  }
}

/** In the order of the headers; without any, in that of the table. */
function bubblesOf(id: string, composer: LogRecord, database: ReadDatabase): readonly LogRecord[] {
  const prefix = `bubbleId:${id}:`
  // A range, not LIKE: ids hold characters that mean something there, and the table may be large.
  const rows = rowsOf(
    database,
    'SELECT key, value FROM cursorDiskKV WHERE key >= ? AND key < ? ORDER BY rowid',
    prefix,
    `${prefix.slice(0, -1)};`,
  )
  const found = new Map(
    rows.flatMap((row) => {
      const bubble = jsonOf(row.value)
      return bubble ? [[String(row.key).slice(prefix.length), bubble] as const] : []
    }),
  )
  const headers = composer.fullConversationHeadersOnly
  if (!Array.isArray(headers) || headers.length === 0) return [...found.values()]
  return headers
    .map((header) => found.get(asText(asRecord(header)?.bubbleId) ?? ''))
    .filter((bubble) => bubble !== undefined)
}

/** One bubble as a line: what the person said, or what the model thought, said and did. */
function recordOf(bubble: LogRecord): readonly ChatRecord[] {
  const role = bubble.type === 1 || bubble.type === 'user' ? 'user' : 'assistant'
  const text = asText(bubble.text) || asText(bubble.rawText) || ''
  const thinking = asText(asRecord(bubble.thinking)?.text) ?? ''
  const content = [
    ...(thinking === '' ? [] : [{ type: 'thinking', thinking }]),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...callOf(asRecord(bubble.toolFormerData), asText(bubble.bubbleId)),
  ]
  if (content.length === 0) return []
  const at = timeOfBubble(bubble)
  const model = asText(asRecord(bubble.modelInfo)?.modelName)
  return [{ role, message: { content }, ...(at !== null && { timestamp_ms: at }), ...(model && { model }) }]
}

function callOf(call: LogRecord | undefined, bubbleId: string | undefined): ChatRecord['message']['content'] {
  const name = asText(call?.name)
  if (!call || !name) return []
  const id = asText(call.toolCallId) || `call-${bubbleId ?? name}`
  const input = parsed(call.rawArgs) ?? parsed(call.params) ?? {}
  const use = { type: 'tool_use', id, name, input }
  const status = asText(call.status)
  const result = call.result ?? (status === 'error' ? call.error : undefined)
  if (result === undefined || result === null || result === '') return [use]
  const isError = status === 'error' || status === 'cancelled'
  return [use, { type: 'tool_result', tool_use_id: id, content: resultText(result), is_error: isError }]
}

/** What a result says: the texts that results are known to hold, else the result as it stands. */
function resultText(result: unknown): string {
  const table = asRecord(parsed(result))
  const text = ['output', 'contents', 'content', 'text', 'error'].map((key) => asText(table?.[key])).find((one) => one)
  return text ?? (typeof result === 'string' ? result : JSON.stringify(result))
}

/** JSON in a text, or the value itself. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function timeOfBubble(bubble: LogRecord): number | null {
  const timing = asRecord(bubble.timingInfo)
  return timeIn(bubble.createdAt) ?? timeIn(timing?.clientRpcSendTime) ?? timeIn(timing?.clientSettleTime)
}

/** Milliseconds since the epoch, as a number or as a text; counts of other things are none. */
function timeIn(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN
  return Number.isFinite(time) && time > 1_000_000_000_000 ? Math.floor(time) : null
}

function jsonOf(value: unknown): LogRecord | undefined {
  const text = textOf(value)
  return text === undefined ? undefined : asRecord(parsed(text))
}
