import type { SourceWords } from './words.js'

/** A name found in a text, end exclusive. */
export interface Occurrence {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What ends a word that holds a name: blanks, quotes, brackets, marks of a sentence. Full stops and colons may belong to it. */
const OPENING = /[\s"'`“‘«„([{<*|,;!?—–…]/u
const CLOSING = /[\s"'`”’»“)\]}>*|,;!?—–…]/u

/** How far a name's word and line are looked at. What is longer is not written by people. */
const MAX_CONTEXT = 300

/** What stands before a name that is typed into a shell. */
const SHELL =
  /(?:^|[\s(])(?:npx|bunx|uvx|pipx|npm|pnpm|yarn|bun|brew|pip3?|cargo|docker|git|cd|cat|which|sudo|alias)\s+[^.;,]*$/

/** Whether a name stands for the agent, and not for a path, host, package, model, command or another product. */
export function meansTheAgent(occurrence: Occurrence, words: SourceWords): boolean {
  const { before, after } = around(occurrence)
  const name = occurrence.text.slice(occurrence.start, occurrence.end)
  const capital = /^\p{Lu}/u.test(name)
  if (!mayPrecede(before, capital) || !mayFollow(after, capital, words)) return false

  const line = lineBefore(occurrence)
  if (!capital && SHELL.test(line)) return false
  if (words.vendors.some((vendor) => new RegExp(`\\b${vendor}(?:['’]s)?[ \\t]+$`, 'i').test(line))) return false
  if (after !== '') return true
  const rest = restOfLine(occurrence)
  if (/^[ \t]+v?\d/.test(rest) || followedBy(rest, words.otherProducts)) return false
  return capital || !(/^[ \t]+-{1,2}\w/.test(rest) || followedBy(rest, words.commandWords))
}

/** Whether the name of a document stands for a document of that name here or in a folder below, and not for another file. */
export function meansTheDocument(occurrence: Occurrence, words: SourceWords): boolean {
  const { before, after } = around(occurrence)
  if (!/^(?:[.:]+)?$/.test(after)) return false
  return (
    /^@?(?:\.\/)?(?:[\w-][\w.-]*\/)*$/.test(before) &&
    !words.agentNames.some((name) => before.includes(`.${name.toLowerCase()}/`))
  )
}

function mayPrecede(before: string, capital: boolean): boolean {
  if (before === '' || before === '@' || /^[^\p{ASCII}\p{Script=Latin}]+$/u.test(before)) return true
  // "non-Claude", "Cursor/Claude"
  return capital && (/^\p{L}+-$/u.test(before) || /^(?:\p{Lu}\p{L}*[/+&])+$/u.test(before))
}

function mayFollow(after: string, capital: boolean, words: SourceWords): boolean {
  if (/^[.:]*$/.test(after) || /^[^\p{ASCII}\p{Script=Latin}]/u.test(after)) return true
  if (!capital) return false
  // "Claude-generated" is prose, "Claude-Opus" is a model; "Claude/Cursor" are two agents, "Claude/notes" is a path.
  if (/^(?:-\p{L}+)+[.:]*$/u.test(after))
    return !followedBy(` ${after.slice(1).replaceAll('-', ' ')}`, words.otherProducts)
  return /^(?:[/+&]\p{Lu}\p{L}*)+[.:]*$/u.test(after)
}

/** The rest of the word around a name, on both sides. */
function around({ text, start, end }: Occurrence): { before: string; after: string } {
  let first = start
  while (first > 0 && start - first < MAX_CONTEXT && !OPENING.test(text[first - 1]!)) first -= 1
  let last = end
  while (last < text.length && last - end < MAX_CONTEXT && !CLOSING.test(text[last]!)) last += 1
  return { before: text.slice(first, start), after: text.slice(end, last) }
}

function lineBefore({ text, start }: Occurrence): string {
  const near = text.slice(Math.max(0, start - MAX_CONTEXT), start)
  return near.slice(near.lastIndexOf('\n') + 1)
}

function restOfLine({ text, end }: Occurrence): string {
  return /^[^\n]*/.exec(text.slice(end, end + MAX_CONTEXT))![0]
}

/** Words with a capital must be written so; others in any case. */
function followedBy(rest: string, phrases: readonly string[]): boolean {
  const given = rest.trimStart()
  if (given === rest) return false
  const lower = given.toLowerCase()
  return phrases.some((phrase) => {
    const starts = phrase === phrase.toLowerCase() ? lower.startsWith(phrase) : given.startsWith(phrase)
    return starts && !/^[\p{L}\p{N}_]/u.test(given.slice(phrase.length))
  })
}
