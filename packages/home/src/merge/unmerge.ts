import type { Table } from '../changes/change.js'
import { isTable, mergePatch, newTable } from '../data/table.js'
import { textOf } from '../data/utf8.js'
import { HomeError } from '../errors.js'
import { editJson } from '../json/edit.js'
import { parseJson } from '../json/parse.js'
import { editToml } from '../toml/edit.js'
import { parseTomlExactly } from '../toml/parse.js'
import { saysTheSame } from '../toml/same.js'
import { mergeLines } from './merge-lines.js'
import { takeOut } from './take-out.js'

/** What a file is made of, so that a change can be taken out of it. */
export type TextFormat = 'toml' | 'json' | 'text'

/** A file that was changed twice, without the first change. */
export interface Unmerged {
  readonly text: string
  /** Keys of the first change that were changed again and stay, in dots. */
  readonly changedSince: readonly string[]
}

/** A file at three times. */
export interface FileVersions {
  /** Before the change that is to be taken out; undefined: there was no file. */
  readonly before: Uint8Array | undefined
  /** Right after it. */
  readonly after: Uint8Array
  /** As somebody has left it since. */
  readonly now: Uint8Array
}

/**
 * What `now` is without the change from `before` to `after`: comments, order and layout of what somebody wrote since stay.
 * Touches no disk.
 *
 * @returns undefined when that cannot be told: the two changes lie over one another, or a text does not parse
 */
export function unmerge(format: TextFormat, versions: FileVersions, file: string): Unmerged | undefined {
  const [before, after, now] = [
    textOf(versions.before ?? Buffer.alloc(0)),
    textOf(versions.after),
    textOf(versions.now),
  ]
  if (before === undefined || after === undefined || now === undefined) return undefined
  const lines = mergeLines(after, now, before)
  if (format === 'text') return lines === undefined ? undefined : { text: lines, changedSince: [] }
  try {
    return unmergeTables(dialects[format], { before, after, now, lines }, file)
  } catch (error) {
    if (error instanceof HomeError) return undefined
    throw error
  }
}

interface Dialect {
  read(text: string, file: string): unknown
  edit(text: string, patch: Table, file: string): string
}

const dialects: { readonly [format in 'toml' | 'json']: Dialect } = {
  toml: { read: (text, file) => parseTomlExactly(text.replace(/^\uFEFF/, ''), file), edit: editToml },
  json: {
    read: (text, file) => (text.trim() === '' ? newTable() : parseJson(text, file, 'jsonc')),
    edit: editJson,
  },
}

interface Texts {
  readonly before: string
  readonly after: string
  readonly now: string
  /** Merged line by line, where that could be done. */
  readonly lines: string | undefined
}

/** What the lines give is taken when it says what is wanted: it keeps all that a person sees. */
function unmergeTables({ read, edit }: Dialect, texts: Texts, file: string): Unmerged | undefined {
  const [before, after, now] = [texts.before, texts.after, texts.now].map((text) => read(text, file))
  if (!isTable(before) || !isTable(after) || !isTable(now)) return undefined
  const { patch, changedSince } = takeOut(before, after, now, saysTheSame)
  const wanted = mergePatch(now, patch)
  const names = changedSince.map((path) => path.join('.'))
  if (texts.lines !== undefined && saysSo(texts.lines, wanted)) return { text: texts.lines, changedSince: names }
  return { text: edit(texts.now, patch, file), changedSince: names }

  function saysSo(text: string, table: unknown): boolean {
    try {
      return saysTheSame(read(text, file), table)
    } catch (error) {
      if (error instanceof HomeError) return false
      throw error
    }
  }
}
