import { proseRanges } from './prose-ranges.js'
import { meansTheAgent, meansTheDocument, type Occurrence } from './prose-tokens.js'
import type { SourceWords } from './words.js'

/** What the agent of the target is called. */
const TARGET_AGENT = 'Codex'

/** What its document of instructions is called. */
const TARGET_DOCUMENT = 'AGENTS.md'

/** One word that was put in place of another. */
export interface Replacement {
  /** Where `from` stood in the text that was given. */
  readonly index: number
  readonly from: string
  readonly to: string
}

export interface Rewritten {
  readonly text: string
  /** In the order of the text; `[]` when nothing was changed. */
  readonly replacements: readonly Replacement[]
}

/**
 * Puts the target's names in place of another agent's, in words for people only.
 *
 * Code spans and blocks, commands, paths, URLs, mail addresses, hosts, packages, models, variables and other products of
 * the same maker stay as they are. A second run changes nothing.
 */
export function rewriteProse(text: string, words: SourceWords): Rewritten {
  const { anywhere, names } = patternsOf(words)
  if (!anywhere.test(text)) return { text, replacements: [] }

  const replacements: Replacement[] = []
  for (const range of proseRanges(text)) {
    const part = text.slice(range.start, range.end)
    names.lastIndex = 0
    for (let found = names.exec(part); found; found = names.exec(part)) {
      const [from] = found
      const occurrence: Occurrence = {
        text,
        start: range.start + found.index,
        end: range.start + found.index + from.length,
      }
      const document = found.groups?.document !== undefined
      const means = document ? meansTheDocument(occurrence, words) : meansTheAgent(occurrence, words)
      if (means) replacements.push({ index: occurrence.start, from, to: document ? TARGET_DOCUMENT : TARGET_AGENT })
    }
  }
  return { text: replaceAll(text, replacements), replacements }
}

/** `text` with each replacement made. They are in order and do not overlap. */
export function replaceAll(text: string, replacements: readonly Replacement[]): string {
  let result = ''
  let end = 0
  for (const { index, from, to } of replacements) {
    result += text.slice(end, index) + to
    end = index + from.length
  }
  return result + text.slice(end)
}

/** Letters of the Latin script and what belongs to a word around a name; other scripts write names without blanks. */
const BEFORE = String.raw`(?<![\p{Script=Latin}\p{M}0-9_])`
const AFTER = String.raw`(?![\p{Script=Latin}\p{M}0-9_])`

interface Patterns {
  /** Names with nothing asked of what is around them: tells texts without any quickly. */
  readonly anywhere: RegExp
  readonly names: RegExp
}

const patterns = new WeakMap<SourceWords, Patterns>()

function patternsOf(words: SourceWords): Patterns {
  let pattern = patterns.get(words)
  if (!pattern) {
    const documents = words.documentNames.map(escaped).join('|')
    // A name of two words may be broken over two lines of a paragraph.
    const agents = words.agentNames
      .map((name) => escaped(name).replaceAll(' ', String.raw`(?:[ \t\u00a0]+|[ \t]*\r?\n[ \t>]*)`))
      .join('|')
    const flags = words.isCaseSensitive ? 'u' : 'iu'
    pattern = {
      anywhere: new RegExp(`${documents}|${agents}`, flags),
      names: new RegExp(`${BEFORE}(?:(?<document>${documents})|${agents})${AFTER}`, `g${flags}`),
    }
    patterns.set(words, pattern)
  }
  return pattern
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
