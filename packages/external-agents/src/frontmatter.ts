import { readFast, readTolerant } from './frontmatter-lines.js'
import { type FrontMatterValue, parseYamlBlock } from './frontmatter-yaml.js'

export { loadYaml, yamlIsWanted } from './frontmatter-yaml.js'

/** One key of a front matter block. */
interface FrontMatterLine {
  readonly key: string
  /** Scalars as their text (`42`, `true`), so that nothing is changed by typing it; null for none, `~` and `null`. */
  readonly value: FrontMatterValue
  /** Line of the key in the whole text, from 1. */
  readonly line: number
}

/** A text split at its front matter. */
export interface FrontMatter {
  /** In the order of the text; `[]` without front matter. A key given twice appears once, with its last value. */
  readonly entries: readonly FrontMatterLine[]
  /** What follows the block: the whole text when there is none. */
  readonly body: string
  /** Where `body` starts in the text that was given. */
  readonly bodyOffset: number
  /** The block is not YAML, and was read as `key: rest of the line`. */
  readonly tolerant: boolean
  /** Why it is not, with the line. */
  readonly problem?: string
}

/** How much front matter is read at all. Longer blocks are not front matter but something else. */
const MAX_BLOCK_CHARACTERS = 256 * 1024

/**
 * The front matter of a document: a first line of `---`, YAML, a line of `---`. Nothing in it is ever evaluated: `---js`
 * and the like are text. Line ends may be CRLF, a BOM is skipped.
 *
 * Plain blocks are read without a library. The others need `yaml`, which is loaded on request: until {@link loadYaml} has
 * been awaited they are read tolerantly and {@link yamlIsWanted} says so; load it then and read again.
 */
export function readFrontMatter(text: string): FrontMatter {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const block = findBlock(text, start)
  if (!block) return { entries: [], body: text.slice(start), bodyOffset: start, tolerant: false }

  const lines = text.slice(block.start, block.end).split(/\r?\n/)
  const read = readFast(lines) ?? parseYamlBlock(text.slice(block.start, block.end)) ?? readTolerant(lines)
  return {
    entries: read.entries.map((entry) => ({ ...entry, line: entry.line + 1 })),
    body: text.slice(block.bodyOffset),
    bodyOffset: block.bodyOffset,
    tolerant: read.problem !== undefined,
    ...(read.problem === undefined ? {} : { problem: read.problem }),
  }
}

function findBlock(text: string, offset: number): { start: number; end: number; bodyOffset: number } | undefined {
  const opening = /^---[ \t]*\r?\n/.exec(text.slice(offset, offset + 200))
  if (!opening) return undefined
  const start = offset + opening[0].length
  const closing = /^---[ \t]*(?:\r?\n|$)/gm
  closing.lastIndex = start
  const found = closing.exec(text)
  if (!found || found.index - start > MAX_BLOCK_CHARACTERS) return undefined
  return { start, end: found.index, bodyOffset: found.index + found[0].length }
}
