import { createHash } from 'node:crypto'
import type { FateReason } from '../fact.js'
import type { Section } from './agents-md-sections.js'

/** What becomes of one section in a document that is there already. */
export type MergedSection =
  | { readonly section: Section; readonly type: 'there' }
  | { readonly section: Section; readonly type: 'added' }
  | { readonly section: Section; readonly type: 'kept-out'; readonly reason: FateReason }

/** The share of lines from which on a document counts as brought over by hand before. */
const MOSTLY = 0.5

/**
 * Appends sections to an existing document, each between two comments by which it is found again. A section that was not
 * touched since is brought up to date in its place; one that a person has edited stays. Running it twice changes nothing.
 *
 * @param force append also what is mostly there in other words
 */
export function mergeSections(
  existing: string,
  sections: readonly Section[],
  path: string,
  force: boolean,
): { readonly text: string; readonly merged: readonly MergedSection[] } {
  const eol = existing.includes('\r\n') ? '\r\n' : '\n'
  let text = existing
  const merged = sections.map((section): MergedSection => {
    const block = findBlock(text, section.document.name)
    if (isThere(existing, section)) return { section, type: 'there' }
    if (block && block.digest !== digestOf(block.inner)) {
      const message = `${path} holds ${section.document.name} from an earlier import, edited since; it was left so`
      return { section, type: 'kept-out', reason: { code: 'edited-since', message } }
    }
    const share = shareOf(existing, section.body)
    if (!block && !force && share >= MOSTLY) {
      const message = `${path} holds ${Math.round(share * 100)} % of the lines of ${section.document.name} already; merge adds it all the same`
      return { section, type: 'kept-out', reason: { code: 'mostly-there', message } }
    }
    const written = makeBlock(section).replace(/\r?\n/g, eol)
    text = block
      ? text.slice(0, block.start) + written + text.slice(block.end)
      : `${text.trimEnd()}${eol}${eol}${written}${eol}`
    return { section, type: 'added' }
  })
  return { text, merged }
}

/** Whether a document holds the lines of a section word for word, as they are now or as they were before rewriting. */
export function isThere(existing: string, section: Section): boolean {
  const whole = `\n${unified(existing)}\n`
  return [section.body, section.document.text].some((text) => whole.includes(`\n${unified(text)}\n`))
}

function makeBlock(section: Section): string {
  const inner = unified(section.text)
  const { name } = section.document
  return `<!-- imported from ${escaped(name)} (${digestOf(inner)}) -->\n${inner}\n<!-- end of ${escaped(name)} -->`
}

function findBlock(
  text: string,
  name: string,
): { start: number; end: number; inner: string; digest: string } | undefined {
  const opening = `<!-- imported from ${escaped(name)} (`
  const start = text.indexOf(opening)
  if (start < 0) return undefined
  const head = /^([0-9a-f]{12})\) -->\r?\n/.exec(text.slice(start + opening.length))
  const closing = `<!-- end of ${escaped(name)} -->`
  const closed = text.indexOf(closing, start)
  if (!head || closed < 0) return undefined
  const from = start + opening.length + head[0].length
  return { start, end: closed + closing.length, inner: unified(text.slice(from, closed)), digest: head[1]! }
}

/** The share of a text's lines that a document has too. Blank and tiny lines do not count. */
function shareOf(existing: string, text: string): number {
  const there = new Set(existing.split('\n').map((line) => line.trim()))
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 3)
  return lines.length === 0 ? 0 : lines.filter((line) => there.has(line)).length / lines.length
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** A name that cannot end the comment it stands in. */
function escaped(name: string): string {
  return name.replace(/-->|[\r\n]/g, '-')
}
