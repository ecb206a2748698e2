import { type PatchChunk, PatchError, type PatchHunk } from './patch.js'

const begin = '*** Begin Patch'
const end = '*** End Patch'
const headers = { add: '*** Add File: ', delete: '*** Delete File: ', update: '*** Update File: ' } as const
const moveTo = '*** Move to: '
const endOfFile = '*** End of File'
const environment = '*** Environment ID: '

/**
 * Reads a patch. A heredoc around it is taken away.
 *
 * Source: reference 0.169.0; its messages are kept.
 *
 * @throws PatchError
 */
export function parsePatch(text: string): readonly PatchHunk[] {
  const lines = withoutHeredoc(
    text
      .trim()
      .split('\n')
      .map((line) => line.replace(/\r$/, '')),
  )
  if (lines[0]?.trim() !== begin) {
    throw new PatchError(`invalid patch: The first line of the patch must be '${begin}'`)
  }
  if (lines.at(-1)?.trim() !== end) {
    throw new PatchError(`invalid patch: The last line of the patch must be '${end}'`)
  }
  return new Reader(lines).read()
}

function withoutHeredoc(lines: readonly string[]): readonly string[] {
  const [first = '', last = ''] = [lines[0], lines.at(-1)]
  const word = /^<<\s*(['"]?)(\w+)\1$/.exec(first.trim())?.[2]
  return lines.length >= 4 && word !== undefined && last.trim().endsWith(word) ? lines.slice(1, -1) : lines
}

/** Reads hunk by hunk. Line numbers in messages count from 1, with the first line of the patch. */
class Reader {
  #at = 1
  readonly #lines: readonly string[]

  constructor(lines: readonly string[]) {
    this.#lines = lines
  }

  read(): readonly PatchHunk[] {
    const hunks: PatchHunk[] = []
    if (this.#line()?.startsWith(environment)) this.#at += 1
    while (this.#at < this.#last) hunks.push(this.#hunk())
    return hunks
  }

  get #last(): number {
    return this.#lines.length - 1
  }

  /** The line at hand; undefined at the end of the patch. */
  #line(): string | undefined {
    return this.#at < this.#last ? this.#lines[this.#at] : undefined
  }

  #hunk(): PatchHunk {
    const line = (this.#line() ?? '').trim()
    if (line.startsWith(headers.add)) return this.#add(line.slice(headers.add.length))
    if (line.startsWith(headers.update)) return this.#update(line.slice(headers.update.length))
    if (line.startsWith(headers.delete)) {
      this.#at += 1
      return { kind: 'delete', path: line.slice(headers.delete.length) }
    }
    throw this.#invalid(
      this.#at,
      `'${line}' is not a valid hunk header. Valid hunk headers: '${headers.add}{path}', '${headers.delete}{path}', '${headers.update}{path}'`,
    )
  }

  #add(path: string): PatchHunk {
    this.#at += 1
    let content = ''
    for (let line = this.#line(); line?.startsWith('+'); line = this.#line()) {
      content += `${line.slice(1)}\n`
      this.#at += 1
    }
    return { kind: 'add', path, content }
  }

  #update(path: string): PatchHunk {
    const start = this.#at
    this.#at += 1
    let movePath: string | null = null
    const line = this.#line()
    if (line?.startsWith(moveTo)) {
      movePath = line.slice(moveTo.length).trim()
      this.#at += 1
    }
    const chunks: PatchChunk[] = []
    for (let next = this.#line(); next !== undefined && !isHeader(next); next = this.#line()) {
      // Empty lines between chunks mean nothing.
      if (next.trim() === '' && chunks.length > 0) this.#at += 1
      else chunks.push(this.#chunk(chunks.length === 0))
    }
    if (chunks.length === 0) throw this.#invalid(start, `Update file hunk for path '${path}' is empty`)
    return { kind: 'update', path, movePath, chunks }
  }

  #chunk(isFirst: boolean): PatchChunk {
    const contexts: string[] = []
    const first = this.#line() ?? ''
    if (!first.startsWith('@@') && !isFirst) {
      throw this.#invalid(this.#at, `Expected update hunk to start with a @@ context marker, got: '${first}'`)
    }
    for (let line = this.#line(); line?.startsWith('@@') && isContext(line); line = this.#line()) {
      if (line.length > 3) contexts.push(line.slice(3))
      this.#at += 1
    }
    const before: string[] = []
    const after: string[] = []
    let count = 0
    let isAtEnd = false
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      if (line === endOfFile) {
        if (count === 0) break
        isAtEnd = true
        this.#at += 1
        break
      }
      const mark = line === '' ? ' ' : line[0]
      if (mark !== ' ' && mark !== '+' && mark !== '-') {
        if (count === 0) this.#refuseLine(line)
        break
      }
      if (mark !== '+') before.push(line.slice(1))
      if (mark !== '-') after.push(line.slice(1))
      count += 1
      this.#at += 1
    }
    if (count === 0) throw this.#invalid(this.#at, 'Update hunk does not contain any lines')
    const next = this.#line()
    if (!isAtEnd && next !== undefined && !isContext(next) && !isHeader(next)) this.#refuseLine(next)
    return { contexts, before, after, isAtEnd }
  }

  #refuseLine(line: string): never {
    throw this.#invalid(
      this.#at,
      `Unexpected line found in update hunk: '${line}'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)`,
    )
  }

  #invalid(index: number, what: string): PatchError {
    return new PatchError(`invalid hunk at line ${index + 1}, ${what}`)
  }
}

const isContext = (line: string) => line === '@@' || line.startsWith('@@ ')
const isHeader = (line: string) => Object.values(headers).some((header) => line.trim().startsWith(header))
