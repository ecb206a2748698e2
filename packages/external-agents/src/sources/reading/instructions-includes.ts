import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Include, Place } from '../../artifact.js'
import { factOf } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'

/** How deep includes of included files are followed. Source: the agent's own documentation. */
const MAX_DEPTH = 5

/** Text above this is not instructions any more. */
const MAX_CHARACTERS = 1024 * 1024

/**
 * The `@path` includes of a document, outside code spans and fences, in the order they stand in. What looks like a mention
 * (`@someone`, `@scope/package`) and names no file is none. Files outside `root` are not opened.
 *
 * @param options `from`: the folder that relative paths start from; default: that of the document they stand in
 */
export function readIncludes(
  place: Place,
  file: string,
  text: string,
  root: string,
  files: SourceFiles,
  options: { readonly from?: string } = {},
): Include[] {
  return includesOf({ place, root, files, trail: [file], ...options }, file, text)
}

interface Search {
  readonly place: Place
  readonly root: string
  readonly files: SourceFiles
  readonly trail: readonly string[]
  readonly from?: string
}

function includesOf(search: Search, file: string, text: string): Include[] {
  const seen = new Map<string, number>()
  const found: Include[] = []
  for (const match of blankCode(text).matchAll(/(?<=^|[\s(])@((?:\\ |[^\s`\\])+)/gm)) {
    const include = readOne(search, file, text, match.index, match[1]!, seen)
    if (include) found.push(include)
  }
  return found
}

function readOne(
  search: Search,
  file: string,
  text: string,
  index: number,
  matched: string,
  seen: Map<string, number>,
): Include | undefined {
  const asWritten = text.slice(index + 1, index + 1 + matched.length)
  const spellings = [...new Set([asWritten, asWritten.replace(/[.,;:!?)\]}'"]+$/, '')])].filter((name) => name !== '')
  let missing: Include | undefined
  for (const spelling of spellings) {
    const path = pathOf(search, file, spelling.replaceAll('\\ ', ' '))
    const include = open(search, path)
    if (include.problem === 'not-found') {
      if (looksLikePath(spelling))
        missing = {
          ...include,
          written: `@${spelling}`,
          index,
          fact: factFor(search.place, file, spelling, seen, false),
        }
      continue
    }
    return { ...include, written: `@${spelling}`, index, fact: factFor(search.place, file, spelling, seen, true) }
  }
  if (missing) return { ...missing, fact: factFor(search.place, file, missing.written.slice(1), seen, true) }
  return undefined
}

function open(search: Search, path: string): Pick<Include, 'path' | 'text' | 'problem' | 'includes'> {
  const none = { path, includes: [] }
  if (search.trail.includes(path)) return { ...none, problem: 'loop' }
  if (search.trail.length > MAX_DEPTH) return { ...none, problem: 'too-deep' }
  const read = search.files.readText(path, search.root)
  if (!read.ok) return { ...none, problem: read.missing ? 'not-found' : problemName(read.problem.subErrorType) }
  if (read.value.text.length > MAX_CHARACTERS) return { ...none, problem: 'too-large' }
  const includes = includesOf({ ...search, trail: [...search.trail, path] }, path, read.value.text)
  return { path, text: read.value.text, includes }
}

function pathOf({ place, from }: Search, file: string, written: string): string {
  if (written.startsWith('~/')) return join(place.userHome, written.slice(2))
  return isAbsolute(written) ? written : resolve(from ?? dirname(file), written)
}

/** Something a person would only write for a file: a relative or absolute path, or a name with an extension. */
function looksLikePath(written: string): boolean {
  return /^(?:~|\.{1,2})?\//.test(written) || /\.[A-Za-z]{1,5}$/.test(written)
}

function problemName(subErrorType: string): string {
  return subErrorType === 'outside_root' ? 'outside-root' : subErrorType.replaceAll('_', '-')
}

function factFor(place: Place, file: string, written: string, seen: Map<string, number>, counts: boolean) {
  const before = seen.get(written) ?? 0
  if (counts) seen.set(written, before + 1)
  const pointer = `include/${written.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return factOf(place, file, before === 0 ? pointer : `${pointer}/${before + 1}`)
}

/** The text with code spans and fences blanked out, so that offsets stay. */
function blankCode(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm, blank)
    .replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, blank)
}
