import { isAbsolute, join, relative, sep } from 'node:path'
import type { CommandPiece, Place } from '../../artifact.js'

/** What a command line of a hook refers to. */
export interface ReadCommand {
  readonly pieces: readonly CommandPiece[]
  /** Absolute paths that the command names, other than files of the hooks folder, with how they are written. */
  readonly paths: readonly { readonly written: string; readonly path: string }[]
  readonly foreignVariables: readonly string[]
}

/** How an agent's hooks name files, folders and variables. */
export interface HookDialect {
  /** The agent's folder in a repository, e.g. `.claude`. */
  readonly folder: string
  /** The project's folder in the spellings of sh, cmd and PowerShell. */
  readonly projectFolder: RegExp
  /** Variables that only this agent sets for a hook. Global. */
  readonly foreign: RegExp
  /** The agent looks for relative paths beside its hooks file, too. */
  readonly isRelativeToFile: boolean
}

/** What a command is read for. */
interface CommandScope {
  readonly place: Place
  /** Whether there is such a file in the place's hooks folder, by its path below that folder. */
  exists(relativePath: string): boolean
  readonly dialect: HookDialect
}

/** What the rest of such a path must not hold: it would not be one fixed file. */
const NOT_STATIC = /[$`*?[\]{}]/

/**
 * Takes a command line apart into text, the project's folder, and files of the hooks folder.
 *
 * @param exists whether there is such a file in the place's hooks folder, by its path below that folder
 */
export function readCommand(
  command: string,
  place: Place,
  exists: (relativePath: string) => boolean,
  dialect: HookDialect,
): ReadCommand {
  const scope: CommandScope = { place, exists, dialect }
  const pieces: CommandPiece[] = []
  const paths: { written: string; path: string }[] = []
  for (const word of shellWords(command)) {
    if (word.blank) pieces.push({ type: 'text', written: word.written })
    else pieces.push(...piecesOfWord(word.written, scope, paths))
  }
  const text = pieces.flatMap((piece) => (piece.type === 'text' ? [piece.written] : [])).join(' ')
  return { pieces: joinText(pieces), paths, foreignVariables: foreignVariables(text, dialect) }
}

/** Names of variables in `text` that only the agent sets, each once. */
export function foreignVariables(text: string, { foreign }: HookDialect): readonly string[] {
  return [...new Set(text.match(foreign) ?? [])]
}

function piecesOfWord(
  word: string,
  scope: CommandScope,
  paths: { written: string; path: string }[],
): readonly CommandPiece[] {
  const [, assignment = '', rest = word] = /^([A-Za-z_][A-Za-z0-9_]*=)([\s\S]+)$/.exec(word) ?? []
  const before: readonly CommandPiece[] = assignment === '' ? [] : [{ type: 'text', written: assignment }]
  const file = hookFileOf(rest, scope)
  if (file !== undefined && scope.exists(file))
    return [...before, { type: 'hookFile', written: rest, relativePath: file }]
  const path = pathOf(rest, scope)
  if (path !== undefined) paths.push({ written: unquoted(rest), path })
  return [...before, ...splitProjectFolder(rest, scope.dialect)]
}

/** The file of the hooks folder that a word stands for, by its path below that folder. */
function hookFileOf(word: string, { place, dialect, exists }: CommandScope): string | undefined {
  const text = unquoted(word)
  const hooks = join(place.configDir, 'hooks')
  const moved = below(text, hooks)
  if (moved !== undefined) return NOT_STATIC.test(moved) ? undefined : moved
  const beside = dialect.isRelativeToFile && !isAbsolute(text) ? below(join(place.configDir, text), hooks) : undefined
  if (beside !== undefined && !NOT_STATIC.test(beside) && exists(beside)) return beside
  const found = hooksFolder(dialect).exec(text)
  if (found === null) return undefined
  const rest = text.slice(found.index + found[0].length).replaceAll('\\', '/')
  if (rest === '' || NOT_STATIC.test(rest) || rest.split('/').includes('..')) return undefined
  return isPathLike(text.slice(0, found.index), dialect) ? rest : undefined
}

/** Parts of a shell word that may stand for a file of a hooks folder: any prefix, this, then a static rest. */
function hooksFolder({ folder }: HookDialect): RegExp {
  return new RegExp(`${folder.replaceAll('.', '\\.')}[\\\\/]hooks[\\\\/]`)
}

function isPathLike(prefix: string, { projectFolder }: HookDialect): boolean {
  const plain = prefix.replace(projectFolder, '').replace(/\$\{?HOME\}?/, '')
  return /^[^$`*?[\]{}<>|;&()=\s]*(?: [^$`*?[\]{}<>|;&()=\s]*)*$/.test(plain)
}

function below(path: string, folder: string): string | undefined {
  if (!isAbsolute(path)) return undefined
  const rest = relative(folder, path)
  return rest === '' || rest.startsWith('..') || isAbsolute(rest) ? undefined : rest.split(sep).join('/')
}

/** The file that a word names, where it can be told: below the home, the project (of a repository), or anywhere as a whole path. */
function pathOf(word: string, { place, dialect }: CommandScope): string | undefined {
  const text = unquoted(word)
  const project = place.kind === 'repo' ? place.root : undefined
  const rooted = text
    .replace(dialect.projectFolder, project ?? '\0')
    .replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/)/, place.userHome)
  if (rooted.includes('\0') || NOT_STATIC.test(rooted) || /[<>|;&()=]/.test(rooted)) return undefined
  if (/\s/.test(rooted) && !hooksFolder(dialect).test(rooted)) return undefined
  if (isAbsolute(rooted)) return rooted
  const isOwn = rooted.startsWith('./') || rooted.startsWith(`${dialect.folder}/`)
  if (!isOwn) return undefined
  if (project !== undefined) return join(project, rooted)
  return dialect.isRelativeToFile ? join(place.configDir, rooted) : undefined
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, single?: string, double?: string) => single ?? double ?? '')
}

function splitProjectFolder(word: string, { projectFolder }: HookDialect): readonly CommandPiece[] {
  const pieces: CommandPiece[] = []
  let quote: '' | '"' | "'" = ''
  let text = ''
  for (let index = 0; index < word.length; ) {
    const found = quote === "'" ? null : new RegExp(`^(?:${projectFolder.source})`).exec(word.slice(index))
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
