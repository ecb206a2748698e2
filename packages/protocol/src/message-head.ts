import type { RequestId } from './request-id.js'

/** What can be told of a message from the start of its text. */
export interface MessageHead {
  readonly id?: RequestId
  readonly method?: string
}

/** The range of the ids that peers keep: signed, 64 bits. */
const MIN_ID = -(2n ** 63n)
const MAX_ID = 2n ** 63n - 1n

/**
 * Reads the top-level `id` and `method` out of `text`, which may be cut off anywhere.
 *
 * Works on the text itself, so that an integer id keeps all its digits. Where a member is given twice the last one
 * counts. Members behind the cut, or behind something that is not JSON, are missing from the result. Never throws.
 */
export function readMessageHead(text: string): MessageHead {
  const head: { id?: RequestId; method?: string } = {}
  let at = skipSpace(text, 0)
  if (text[at] !== '{') return head
  at = skipSpace(text, at + 1)
  while (text[at] === '"') {
    const keyEnd = endOfValue(text, at)
    const colon = keyEnd === undefined ? -1 : skipSpace(text, keyEnd)
    if (text[colon] !== ':') return head
    const start = skipSpace(text, colon + 1)
    const end = endOfValue(text, start)
    if (end === undefined) return head
    note(head, text.slice(at, keyEnd), text.slice(start, end))
    at = skipSpace(text, end)
    if (text[at] !== ',') return head
    at = skipSpace(text, at + 1)
  }
  return head
}

function note(head: { id?: RequestId; method?: string }, keyToken: string, token: string): void {
  // Longer spellings would need escapes of every letter: "\u006d\u0065…" for method is 38 characters.
  if (keyToken.length > 38) return
  const key = parse(keyToken)
  if (key === 'method') {
    const method = parse(token)
    if (typeof method === 'string') head.method = method
  } else if (key === 'id') {
    const id = parseId(token)
    if (id === undefined) delete head.id
    else head.id = id
  }
}

function parseId(token: string): RequestId | undefined {
  if (token.startsWith('"')) {
    const id = parse(token)
    return typeof id === 'string' ? id : undefined
  }
  if (!/^-?\d{1,19}$/.test(token)) return undefined
  const exact = BigInt(token)
  if (exact < MIN_ID || exact > MAX_ID) return undefined
  const near = Number(exact)
  return Number.isSafeInteger(near) ? near : exact
}

function parse(token: string): unknown {
  try {
    return JSON.parse(token)
  } catch {
    return undefined
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r' || text[at] === '\n') at += 1
  return at
}

/** The place behind the value that starts at `from`, or `undefined` when the text ends inside it. */
function endOfValue(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') {
      const end = endOfString(text, at)
      if (end === undefined) return undefined
      at = end - 1
      if (depth === 0) return end
    } else if (char === '{' || char === '[') {
      depth += 1
    } else if (char === '}' || char === ']') {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (depth === 0 && (char === ',' || char === ' ' || char === '\t' || char === '\r' || char === '\n')) {
      return at
    }
  }
  return undefined
}

function endOfString(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return undefined
}
