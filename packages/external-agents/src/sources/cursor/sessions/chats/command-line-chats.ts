import { asRecord, asText, type LogRecord, recordsIn } from '../../../reading/sessions/record.js'
import type { ChatRecord, WholeChat } from './chat.js'
import { type ReadDatabase, rowsOf, textOf } from './copied-database.js'

/**
 * The conversation of a `store.db`: `meta` holds hexadecimal JSON that names the root, the root is a message in protobuf whose
 * fields of 32 bytes are the ids of messages, in order; those are JSON. Undefined when there is no such thing in it.
 */
export function commandLineChat(database: ReadDatabase, id: string): WholeChat | undefined {
  const meta = metaOf(database)
  const root = asText(meta?.latestRootBlobId)
  if (!meta || root === undefined) return undefined
  const blobs = new Map(
    rowsOf(database, 'SELECT id, data FROM blobs').flatMap(({ id: key, data }) =>
      data instanceof Uint8Array || typeof data === 'string' ? [[hexOf(key), Buffer.from(data)] as const] : [],
    ),
  )
  const messages = idsIn(blobs.get(root) ?? Buffer.alloc(0))
    .map((key) => messageOf(blobs.get(key)))
    .filter((message) => message !== undefined)
  const createdAt = typeof meta.createdAt === 'number' ? meta.createdAt : null
  const model = asText(meta.lastUsedModel)
  return {
    id,
    title: asText(meta.name)?.trim() || null,
    cwd: workspaceIn(messages),
    createdAtMs: createdAt,
    updatedAtMs: null,
    records: messages.flatMap((message) => recordOf(message, model)),
  }
}

function metaOf(database: ReadDatabase): LogRecord | undefined {
  for (const { value } of rowsOf(database, 'SELECT value FROM meta ORDER BY key')) {
    const text = textOf(value) ?? ''
    const meta = jsonIn(/^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex').toString('utf8') : text)
    if (meta?.latestRootBlobId !== undefined) return meta
  }
  return undefined
}

function hexOf(key: unknown): string {
  return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : String(key)
}

const ID_BYTES = 32

/** Fields of 32 bytes with number 1, in order. Anything that is no protobuf ends the search. */
function idsIn(bytes: Buffer): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = varint(bytes, at)
    if (tag === undefined) break
    const wire = tag.value & 7
    const length = varint(bytes, tag.next)
    if (length === undefined) break
    if (wire === 0) at = length.next
    else if (wire === 1) at = tag.next + 8
    else if (wire === 5) at = tag.next + 4
    else if (wire === 2) {
      const end = length.next + length.value
      if (end > bytes.length) break
      if (tag.value >> 3 === 1 && length.value === ID_BYTES) found.push(bytes.toString('hex', length.next, end))
      at = end
    } else break
  }
  return found
}

function varint(bytes: Buffer, from: number): { value: number; next: number } | undefined {
  let value = 0
  for (let at = from, weight = 1; at < bytes.length && at - from < 7; at += 1, weight *= 128) {
    value += (bytes[at]! & 0x7f) * weight
    if (bytes[at]! < 0x80) return { value, next: at + 1 }
  }
  return undefined
}

function messageOf(blob: Buffer | undefined): LogRecord | undefined {
  const message = blob?.[0] === 0x7b ? jsonIn(blob.toString('utf8')) : undefined
  return asText(message?.role) === undefined ? undefined : message
}

/** Messages of the system are Cursor's own. Results are messages of their own there. */
function recordOf(message: LogRecord, model: string | undefined): readonly ChatRecord[] {
  const { role, content } = message
  if (role === 'system') return []
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  const list = recordsIn(blocks)
  if (list.length === 0) return []
  const isPerson = role === 'user'
  return [{ role: isPerson ? 'user' : 'assistant', message: { content: list }, ...(!isPerson && model && { model }) }]
}

/** Cursor tells the model in which folder it works. */
function workspaceIn(messages: readonly LogRecord[]): string | null {
  const texts = messages.slice(0, 4).map(({ content }) => JSON.stringify(content) ?? '')
  const found = texts.map((text) => /Workspace Path:\s*((?:\/|[A-Za-z]:)[^\n"\\<]*)/.exec(text)?.[1]).find((one) => one)
  return found?.trim() ?? null
}

function jsonIn(text: string): LogRecord | undefined {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}
