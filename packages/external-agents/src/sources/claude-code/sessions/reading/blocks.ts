import type { SessionImage } from '../../../../session.js'
import { asRecord, asText, type LogRecord } from '../../../reading/sessions/record.js'

/** The blocks of a message: a text is one block, a single block a list of one. */
export function blocksOf(record: LogRecord): readonly unknown[] {
  const message = asRecord(record.message)
  const content = message ? message.content : record.content
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (Array.isArray(content)) return content
  return content === undefined || content === null ? [] : [content]
}

/** A block as a table: bare texts and tables without a type are texts. */
export function blockOf(value: unknown): LogRecord & { readonly type: string } {
  if (typeof value === 'string') return { type: 'text', text: value }
  const block = asRecord(value)
  if (!block) return { type: 'unknown', value }
  const type = asText(block.type) ?? (typeof block.text === 'string' ? 'text' : 'unknown')
  return { ...block, type }
}

/** The picture of an `image` block; undefined when it holds none. */
export function imageOf(block: LogRecord): SessionImage | undefined {
  const source = asRecord(block.source)
  if (!source) return undefined
  const mediaType = asText(source.media_type) ?? 'image/png'
  const base64 = asText(source.data)
  if (base64) return { mediaType, base64 }
  const url = asText(source.url)
  return url ? { mediaType, url } : undefined
}

export interface DocumentContent {
  readonly name: string | null
  readonly mediaType: string
  readonly text: string | null
}

/** What a `document` block holds; `text` is null for pages that are no text. */
export function documentOf(block: LogRecord): DocumentContent {
  const source = asRecord(block.source) ?? {}
  const isText = source.type === 'text'
  const mediaType = asText(source.media_type) ?? (isText ? 'text/plain' : 'application/octet-stream')
  const parts = source.type === 'content' ? textsIn(source.content) : undefined
  const text = isText ? (asText(source.data) ?? null) : (parts ?? null)
  return {
    name: asText(block.title) ?? asText(block.name) ?? null,
    mediaType: parts === undefined ? mediaType : 'text/plain',
    text,
  }
}

/** What a tool gave: its texts with line feeds between, its pictures, and how many blocks were neither. */
export interface ResultContent {
  readonly text: string
  readonly images: readonly SessionImage[]
  readonly otherBlocks: number
}

/** Reads the content of a `tool_result`, or of the result of a tool that ran at the model's side. */
export function resultOf(content: unknown): ResultContent {
  if (typeof content === 'string') return { text: content, images: [], otherBlocks: 0 }
  const texts: string[] = []
  const images: SessionImage[] = []
  let otherBlocks = 0
  const items = Array.isArray(content) ? content : content === undefined || content === null ? [] : [content]
  for (const item of items) {
    const block = blockOf(item)
    const image = block.type === 'image' ? imageOf(block) : undefined
    if (image) images.push(image)
    else if (block.type === 'text') texts.push(asText(block.text) ?? '')
    else if (block.type === 'web_search_result') texts.push(`${asText(block.title) ?? ''}\n${asText(block.url) ?? ''}`)
    else if (block.type === 'tool_reference') texts.push(asText(block.tool_name) ?? '')
    else {
      otherBlocks += 1
      texts.push(JSON.stringify(item))
    }
  }
  return { text: texts.join('\n'), images, otherBlocks }
}

function textsIn(content: unknown): string {
  return typeof content === 'string' ? content : resultOf(content).text
}
