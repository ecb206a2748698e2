import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { isTable, newTable } from '../data/table.js'
import { positionAt, splitMark } from '../data/text.js'
import { JsonSyntaxError } from '../errors.js'

/** `json`: strict. `jsonc`: comments and trailing commas too. */
export type JsonDialect = 'json' | 'jsonc'

/** Deeper than any settings file; far from where a recursive reader would end the process. */
const maxDepth = 500

/**
 * What a JSON text says. Tables are plain copies without a prototype; a `__proto__` key is refused. A BOM is skipped.
 * Of a key given twice the last counts. Touches no disk.
 *
 * @param file named in the error
 * @param dialect default `json`
 * @throws JsonSyntaxError with line and column
 */
export function parseJson(text: string, file: string, dialect: JsonDialect = 'json'): unknown {
  const { body } = splitMark(text)
  if (dialect === 'jsonc') return contentOf(parseJsonTree(body, file, 'jsonc'), body, file)
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch (error) {
    throw strictError(body, file, error)
  }
  return safeCopy(value, body, file)
}

/**
 * The nodes of a JSON text with their offsets, or undefined for a blank one in the `jsonc` dialect. The text has no BOM.
 *
 * @throws JsonSyntaxError with line and column
 */
export function parseJsonTree(text: string, file: string, dialect: JsonDialect): Node | undefined {
  const errors: ParseError[] = []
  const allowed = dialect === 'jsonc'
  let root: Node | undefined
  try {
    root = parseTree(text, errors, {
      disallowComments: !allowed,
      allowTrailingComma: allowed,
      allowEmptyContent: allowed,
    })
  } catch (error) {
    if (error instanceof RangeError) throw new JsonSyntaxError(file, 1, 1, 'nested too deeply')
    throw error
  }
  const first = errors[0]
  if (first) throw errorAt(text, file, first.offset, wordsFor(first))
  return root
}

/** A node's value as {@link parseJson} gives it; undefined for no node. */
export function contentOf(node: Node | undefined, text: string, file: string): unknown {
  return node === undefined ? undefined : safeCopy(getNodeValueSafely(node), text, file)
}

/** As the library's `getNodeValue`, but a `__proto__` key stays a key. */
function getNodeValueSafely(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(getNodeValueSafely)
  if (node.type !== 'object') return getNodeValue(node)
  const table = newTable()
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? []
    if (key && value) table[String(key.value)] = getNodeValueSafely(value)
  }
  return table
}

function safeCopy(value: unknown, text: string, file: string, depth = 0): unknown {
  if (depth > maxDepth) throw new JsonSyntaxError(file, 1, 1, `nested more than ${maxDepth} levels deep`)
  if (Array.isArray(value)) return value.map((entry) => safeCopy(entry, text, file, depth + 1))
  if (!isTable(value)) return value
  const copy = newTable()
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw errorAt(text, file, offsetOfKey(text, key), 'the key "__proto__" is refused')
    copy[key] = safeCopy(value[key], text, file, depth + 1)
  }
  return copy
}

/** Good enough for a message: the first place where the key is written out. */
function offsetOfKey(text: string, key: string): number {
  return Math.max(0, text.indexOf(`"${key}"`))
}

/** The engine's own message differs between versions, so the place comes from the tree parser where it agrees that there is a fault. */
function strictError(text: string, file: string, cause: unknown): JsonSyntaxError {
  if (text.trim() === '') return new JsonSyntaxError(file, 1, 1, 'the file is empty')
  try {
    parseJsonTree(text, file, 'json')
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error
    throw error
  }
  const offset = Number(/position (\d+)/.exec(String(cause))?.[1] ?? 0)
  return errorAt(text, file, offset, 'invalid character')
}

function errorAt(text: string, file: string, offset: number, detail: string): JsonSyntaxError {
  const { line, column } = positionAt(text, Math.min(offset, text.length))
  return new JsonSyntaxError(file, line, column, detail)
}

/** `CommaExpected` becomes `comma expected`. */
function wordsFor(error: ParseError): string {
  const words = printParseErrorCode(error.error).replace(/([a-z])([A-Z])/g, '$1 $2')
  return words.toLowerCase()
}
