import type { FrontMatterValue, ReadBlock } from './frontmatter-yaml.js'

type Entry = { key: string; value: FrontMatterValue; line: number }

const KEY = /^([A-Za-z_][\w.-]*):(?:[ \t]+(.*))?$/
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL'])
/** First characters that give a plain scalar another meaning in YAML. */
const INDICATORS = new Set([...'&*!|>\'"%@`[{#,]}'])

/**
 * Reads a block in which every line is `key: value` with a value that needs no YAML to understand, or a simple list.
 * An unquoted colon or a lone `*`, which YAML would refuse, is taken as text and noted as the problem.
 *
 * @returns undefined when the block needs more than that
 */
export function readFast(lines: readonly string[]): ReadBlock | undefined {
  const entries = new Map<string, Entry>()
  let problem: string | undefined
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    if (isBlankOrComment(line)) continue
    const match = KEY.exec(line)
    if (!match) return undefined
    const key = match[1]!
    const keyLine = index + 1
    const written = (match[2] ?? '').trim()
    const list = written === '' ? readList(lines, index + 1) : undefined
    const value = list ? { text: list.items as FrontMatterValue } : readScalar(written)
    if (!value) return undefined
    if (entries.has(key)) problem ??= `line ${keyLine + 1}: the key ${key} is given twice`
    if (value.problem) problem ??= `line ${keyLine + 1}: ${value.problem}`
    if (list) index = list.end - 1
    if (continues(lines[index + 1])) return undefined
    entries.delete(key)
    entries.set(key, { key, value: value.text, line: keyLine })
  }
  return { entries: [...entries.values()], ...(problem === undefined ? {} : { problem }) }
}

/**
 * Reads a block as `key: rest of the line` whatever YAML says of it: quotes around the whole value are taken off,
 * `- ` lines make a list, indented lines go on.
 */
export function readTolerant(lines: readonly string[]): ReadBlock {
  const entries = new Map<string, Entry>()
  let last: Entry | undefined
  for (const [index, line] of lines.entries()) {
    const match = /^([^\s:#-][^:]*?)[ \t]*:(?:[ \t]+(.*))?$/.exec(line)
    if (match) {
      last = { key: match[1]!, value: blockMarker(match[2]) ? '' : unquote(match[2] ?? ''), line: index + 1 }
      entries.delete(last.key)
      entries.set(last.key, last)
    } else if (last && line.trim() !== '') {
      last.value = append(last.value, line.trim())
    }
  }
  return { entries: [...entries.values()].map(nullWhenBlank), problem: 'the front matter is not valid YAML' }
}

function readScalar(written: string): { text: FrontMatterValue; problem?: string } | undefined {
  if (NULLS.has(written)) return { text: null }
  const quoted = /^"([^"\\]*)"$/.exec(written) ?? /^'([^']*)'$/.exec(written)
  if (quoted) return { text: quoted[1]! }
  if (written === '*') return { text: written, problem: 'a value may not be a lone * in YAML' }
  if (written.startsWith('[')) return readFlowList(written)
  if (INDICATORS.has(written[0]!) || /^[-?:](?:\s|$)/.test(written) || / #/.test(written)) return undefined
  if (/:(?:\s|$)/.test(written)) return { text: written, problem: 'a value with a colon needs quotes in YAML' }
  return { text: written }
}

function readFlowList(written: string): { text: FrontMatterValue } | undefined {
  const inner = /^\[([^[\]{}"'#:&*!|>%@`]*)\]$/.exec(written)?.[1]
  if (inner === undefined) return undefined
  const items = inner.split(',').map((item) => item.trim())
  if (items.at(-1) === '') items.pop()
  return items.some((item) => NULLS.has(item)) ? undefined : { text: items }
}

function readList(lines: readonly string[], from: number): { items: string[]; end: number } | undefined {
  const items: string[] = []
  let end = from
  for (; end < lines.length; end += 1) {
    const item = /^[ \t]*-[ \t]+(.*)$/.exec(lines[end]!)
    if (!item) break
    const value = readScalar(item[1]!.trim())
    if (!value || value.problem || typeof value.text !== 'string') return undefined
    items.push(value.text)
  }
  return items.length > 0 ? { items, end } : undefined
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line)
}

/** The next line belongs to the value before it. */
function continues(next: string | undefined): boolean {
  return next !== undefined && next.trim() !== '' && /^(?:[ \t]|- )/.test(next)
}

function blockMarker(rest: string | undefined): boolean {
  return /^[|>][+-]?\d?[ \t]*$/.test(rest ?? '')
}

function unquote(text: string): string {
  const trimmed = text.trim()
  return /^"([^"]*)"$/.exec(trimmed)?.[1] ?? /^'([^']*)'$/.exec(trimmed)?.[1] ?? trimmed
}

function append(value: FrontMatterValue, line: string): FrontMatterValue {
  const item = /^-[ \t]+(.*)$/.exec(line)
  if (item && (value === '' || Array.isArray(value)))
    return [...(value === '' ? [] : (value as string[])), unquote(item[1]!)]
  if (typeof value === 'string') return value === '' ? line : `${value} ${line}`
  return value
}

function nullWhenBlank(entry: Entry): Entry {
  return typeof entry.value === 'string' && NULLS.has(entry.value) ? { ...entry, value: null } : entry
}
