import { asRecord, asText, type LogRecord } from '../../reading/sessions/record.js'

/** Texts that Claude Code puts before the person's words. Source: reference 0.169.0, tried tag by tag. */
const WRAPPERS = [
  'system-reminder',
  'command-message',
  'command-name',
  'command-args',
  'ide_opened_file',
  'ide_selection',
  'local-command-caveat',
  'local-command-stdout',
  'local-command-stderr',
  'task-notification',
]

/** How many characters (code points) of a first line make a title. */
const TITLE_LENGTH = 120

/** What Unicode calls white space: unlike JavaScript's, with U+0085 and without U+FEFF. */
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`)
const IS_SPACE = new RegExp(`[${SPACE}]`)

/** `text` without white space around it. */
export function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text, end - 1)) end -= 1
  let start = 0
  while (start < end && isSpace(text, start)) start += 1
  return text.slice(start, end)
}

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x7f && IS_SPACE.test(text[at]!))
}

/**
 * What a person's message gives as the title of a session: the first line that is not blank after the wrappers, cut at 120
 * code points; undefined when there is none.
 *
 * Source: reference 0.169.0, import-sessions 2
 */
export function titleOfMessage(text: string): string | undefined {
  for (const line of withoutWrappers(text).split('\n')) {
    const words = trimmed(line)
    if (words !== '') return shortened(words)
  }
  return undefined
}

/** The text of a record as the reference reads it, and whose it is; undefined when there is nothing in it. */
export function messageOf(
  record: LogRecord,
): { readonly role: 'user' | 'assistant'; readonly text: string } | undefined {
  const content = asRecord(record.message)?.content
  const parts: string[] = []
  let isOnlyResults = record.type === 'user'
  if (typeof content === 'string') {
    isOnlyResults = false
    parts.push(content)
  } else if (Array.isArray(content)) {
    for (const block of content) {
      const text = textOfBlock(block)
      if (text === undefined || trimmed(text) === '') continue
      if (asRecord(block)?.type !== 'tool_result') isOnlyResults = false
      parts.push(text)
    }
  }
  const text = parts.join('\n\n')
  if (trimmed(text) === '') return undefined
  return { role: record.type === 'user' && !isOnlyResults ? 'user' : 'assistant', text }
}

/** What the reference makes of a block, as far as a title needs it. */
function textOfBlock(value: unknown): string | undefined {
  const block = asRecord(value)
  const type = asText(block?.type)
  if (!block || type === undefined) return undefined
  switch (type) {
    case 'text':
      return asText(block.text)
    case 'thinking':
      return undefined
    case 'tool_use':
      return `[external_agent_tool_call: ${asText(block.name) ?? 'unknown'}]`
    case 'tool_result':
      return block.is_error === true ? '[external_agent_tool_result: error]' : '[external_agent_tool_result]'
    default:
      return `[external unsupported block: ${type}]`
  }
}

function withoutWrappers(text: string): string {
  let rest = text.replace(LEADING_SPACE, '')
  for (;;) {
    const tag = WRAPPERS.find((name) => rest.startsWith(`<${name}>`))
    const end = tag === undefined ? -1 : endOfElement(rest, tag)
    if (end === -1) return rest
    rest = rest.slice(end).replace(LEADING_SPACE, '')
  }
}

/** Where the element that `text` starts with ends, elements of the same name inside it counted; -1 when it is not closed. */
export function endOfElement(text: string, tag: string): number {
  const open = `<${tag}>`
  const close = `</${tag}>`
  let depth = 1
  for (let at = open.length; ; ) {
    const closing = text.indexOf(close, at)
    if (closing === -1) return -1
    const opening = text.indexOf(open, at)
    if (opening !== -1 && opening < closing) {
      depth += 1
      at = opening + open.length
      continue
    }
    depth -= 1
    at = closing + close.length
    if (depth === 0) return at
  }
}

function shortened(words: string): string {
  if (words.length <= TITLE_LENGTH) return words
  const characters = [...words.slice(0, 2 * TITLE_LENGTH + 2)]
  return characters.length <= TITLE_LENGTH ? words : `${characters.slice(0, TITLE_LENGTH - 3).join('')}...`
}
