import { isAbsolute, join, relative, sep } from 'node:path'
import type { CommandPiece, Place } from '../../artifact.js'

/** What a command line of a hook refers to. */
export interface ReadCommand {
  readonly pieces: readonly CommandPiece[]
  /** Absolute paths that the command names, other than files of the hooks folder, with how they are written. */
  readonly paths: readonly { readonly written: string; readonly path: string }[]
  readonly foreignVariables: readonly string[]
}

/** Parts of a shell word that may stand for a file of a hooks folder: any prefix, then a static rest. */
const HOOKS_FOLDER = /\.claude[\\/]hooks[\\/]/

/** What the rest of such a path must not hold: it would not be one fixed file. */
const NOT_STATIC = /[$`*?[\]{}]/

/** `$CLAUDE_PROJECT_DIR` in the spellings of sh, cmd and PowerShell. */
const PROJECT_FOLDER = /\$\{CLAUDE_PROJECT_DIR\}|\$CLAUDE_PROJECT_DIR\b|%CLAUDE_PROJECT_DIR%|\$env:CLAUDE_PROJECT_DIR\b/

/** Variables that Claude Code alone sets for a hook. */
const FOREIGN = /\bCLAUDE_(?!CONFIG_DIR\b)[A-Z_]+\b/g

/**
 * Takes a command line apart into text, the project's folder, and files of the hooks folder.
 *
 * @param exists whether there is such a file in the place's hooks folder, by its path below that folder
 */
export function readCommand(command: string, place: Place, exists: (relativePath: string) => boolean): ReadCommand {
  const pieces: CommandPiece[] = []
  const paths: { written: string; path: string }[] = []
  for (const word of shellWords(command)) {
    if (word.blank) pieces.push({ type: 'text', written: word.written })
    else pieces.push(...piecesOfWord(word.written, place, exists, paths))
  }
  const text = pieces.flatMap((piece) => (piece.type === 'text' ? [piece.written] : [])).join(' ')
  return { pieces: joinText(pieces), paths, foreignVariables: foreignVariables(text) }
}

/** Names of variables in `text` that only Claude Code sets, each once. */
export function foreignVariables(text: string): readonly string[] {
  return [...new Set(text.match(FOREIGN) ?? [])]
}

function piecesOfWord(
  word: string,
  place: Place,
  exists: (relativePath: string) => boolean,
  paths: { written: string; path: string }[],
): readonly CommandPiece[] {
  const [, assignment = '', rest = word] = /^([A-Za-z_][A-Za-z0-9_]*=)([\s\S]+)$/.exec(word) ?? []
  const before: readonly CommandPiece[] = assignment === '' ? [] : [{ type: 'text', written: assignment }]
  const file = hookFileOf(rest, place)
  if (file !== undefined && exists(file)) return [...before, { type: 'hookFile', written: rest, relativePath: file }]
  const path = pathOf(rest, place)
  if (path !== undefined) paths.push({ written: unquoted(rest), path })
  return [...before, ...splitProjectFolder(rest)]
}

/** The file of the hooks folder that a word stands for, by its path below that folder. */
function hookFileOf(word: string, place: Place): string | undefined {
  const text = unquoted(word)
  const found = HOOKS_FOLDER.exec(text)
  const moved = below(text, join(place.configDir, 'hooks'))
  if (moved !== undefined) return NOT_STATIC.test(moved) ? undefined : moved
  if (found === null) return undefined
  const rest = text.slice(found.index + found[0].length).replaceAll('\\', '/')
  if (rest === '' || NOT_STATIC.test(rest) || rest.split('/').includes('..')) return undefined
  return isPathLike(text.slice(0, found.index)) ? rest : undefined
}

function isPathLike(prefix: string): boolean {
  const plain = prefix.replace(PROJECT_FOLDER, '').replace(/\$\{?HOME\}?/, '')
  return /^[^$`*?[\]{}<>|;&()=\s]*(?: [^$`*?[\]{}<>|;&()=\s]*)*$/.test(plain)
}

function below(path: string, folder: string): string | undefined {
  if (!isAbsolute(path)) return undefined
  const rest = relative(folder, path)
  return rest === '' || rest.startsWith('..') || isAbsolute(rest) ? undefined : rest.split(sep).join('/')
}

/** The file that a word names, where it can be told: below the home, the project (of a repository), or anywhere as a whole path. */
function pathOf(word: string, place: Place): string | undefined {
  const text = unquoted(word)
  const project = place.kind === 'repo' ? place.root : undefined
  const rooted = text.replace(PROJECT_FOLDER, project ?? '\0').replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, place.userHome)
  if (rooted.includes('\0') || NOT_STATIC.test(rooted) || /[<>|;&()=]/.test(rooted)) return undefined
  if (/\s/.test(rooted) && !HOOKS_FOLDER.test(rooted)) return undefined
  if (isAbsolute(rooted)) return rooted
  return project !== undefined && /^(?:\.\/|\.claude\/)/.test(rooted) ? join(project, rooted) : undefined
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, single?: string, double?: string) => single ?? double ?? '')
}

function splitProjectFolder(word: string): readonly CommandPiece[] {
  const pieces: CommandPiece[] = []
  let quote: '' | '"' | "'" = ''
  let text = ''
  for (let index = 0; index < word.length; ) {
    const found = quote === "'" ? null : new RegExp(`^(?:${PROJECT_FOLDER.source})`).exec(word.slice(index))
    if (found !== null) {
      pieces.push({ type: 'text', written: text }, { type: 'projectFolder', written: found[0], quoted: quote === '"' })
      text = ''
      index += found[0].length
      continue
    }
    const letter = word[index]!
    if (letter === '"' && quote !== "'") quote = quote === '"' ? '' : '"'
    else if (letter === "'" && quote !== '"') quote = quote === "'" ? '' : "'"
    text += letter
    index += 1
  }
  pieces.push({ type: 'text', written: text })
  return pieces
}

/** Splits at blanks and operators outside quotes. What is between words is kept, so that joining all gives the line back. */
function shellWords(line: string): readonly { readonly written: string; readonly blank: boolean }[] {
  const word = /(?:'[^']*'?|"(?:[^"\\]|\\[\s\S])*"?|\$\([^()]*\)|\\[\s\S]|[^\s'"\\;&|<>()])+/g
  const found: { written: string; blank: boolean }[] = []
  let end = 0
  for (const match of line.matchAll(word)) {
    if (match.index > end) found.push({ written: line.slice(end, match.index), blank: true })
    found.push({ written: match[0], blank: false })
    end = match.index + match[0].length
  }
  if (end < line.length) found.push({ written: line.slice(end), blank: true })
  return found
}

function joinText(pieces: readonly CommandPiece[]): readonly CommandPiece[] {
  const joined: CommandPiece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { ...last, written: last.written + piece.written }
    else if (piece.type !== 'text' || piece.written !== '') joined.push(piece)
  }
  return joined
}
