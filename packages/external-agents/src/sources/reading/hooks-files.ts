import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { HookFile, Place } from '../../artifact.js'
import type { Fact } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'
import { type FoundFile, walkFolder } from './folder-walk.js'
import { foreignVariables, type HookDialect } from './hooks-command.js'

/** The largest file that is copied along with a hook; a plan holds them all in memory. */
const MAX_FILE_BYTES = 10 * 1024 * 1024

/** The longest script that is searched for names of others, and in how large a folder. */
const MAX_SEARCHED_CHARACTERS = 256 * 1024
const MAX_SEARCHED_FILES = 500

/** The hooks folder of a place: what is in it, and which of it a hook needs. */
export class HooksFolder {
  readonly #files: ReadonlyMap<string, FoundFile>
  readonly #texts = new Map<string, string>()
  readonly #accounted = new Set<string>()

  constructor(
    readonly place: Place,
    readonly sourceFiles: SourceFiles,
    readonly dialect: HookDialect,
  ) {
    const found = walkFolder(join(place.configDir, 'hooks'), readingRoot(place), sourceFiles)
    this.#files = new Map(found.files.map((file) => [file.relativePath, file]))
  }

  has(relativePath: string): boolean {
    return this.#files.has(relativePath)
  }

  /** `called` and everything that those name in their text, in byte order. Each file's fact is given out once. */
  needed(called: Iterable<string>): readonly HookFile[] {
    const wanted = new Set<string>()
    const open = [...called]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (wanted.has(path)) continue
      wanted.add(path)
      open.push(...this.#namedBy(path))
    }
    return [...this.#files.values()].filter((file) => wanted.has(file.relativePath)).map((file) => this.#hookFile(file))
  }

  /** Facts of the files that nobody asked for. */
  unused(): readonly { readonly relativePath: string; readonly fact: Fact }[] {
    return [...this.#files.values()]
      .filter((file) => !this.#accounted.has(file.relativePath))
      .map(({ relativePath, path }) => ({ relativePath, fact: factOf(this.place, path, '') }))
  }

  #hookFile(file: FoundFile): HookFile {
    const { relativePath, path } = file
    const first = !this.#accounted.has(relativePath)
    this.#accounted.add(relativePath)
    return {
      relativePath,
      path,
      mode: file.entry.mode,
      ...contentOf(path),
      foreignVariables: foreignVariables(this.#text(file), this.dialect),
      ...(first ? { fact: factOf(this.place, path, '') } : {}),
    }
  }

  /** Other files of the folder that the text of one names: by the path below the folder, or by the name when beside it. */
  #namedBy(relativePath: string): readonly string[] {
    const file = this.#files.get(relativePath)
    const text = file === undefined ? '' : this.#text(file)
    if (text === '' || text.length > MAX_SEARCHED_CHARACTERS || this.#files.size > MAX_SEARCHED_FILES) return []
    return [...this.#files.keys()].filter((other) => {
      if (other === relativePath) return false
      if (names(text, other)) return true
      return dirname(other) === dirname(relativePath) && names(text, basename(other))
    })
  }

  #text(file: FoundFile): string {
    const known = this.#texts.get(file.relativePath)
    if (known !== undefined) return known
    const read = this.sourceFiles.readText(file.path, readingRoot(this.place))
    const text = read.ok ? read.value.text : ''
    this.#texts.set(file.relativePath, text)
    return text
  }
}

function contentOf(path: string): { readonly content?: Uint8Array } {
  try {
    return statSync(path).size > MAX_FILE_BYTES ? {} : { content: readFileSync(path) }
  } catch {
    return {}
  }
}

/** Whether `text` holds `name` as a path or the end of one. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text[at + name.length] ?? ' '
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true
  }
  return false
}
