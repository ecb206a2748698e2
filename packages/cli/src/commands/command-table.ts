/** One option of a command, in commander's notation. */
export interface OptionRow {
  readonly flags: string
  readonly text: string
  readonly initial?: string
  /** Words that complete it. */
  readonly words?: readonly string[]
  /** Whether its value is a folder, for completion. */
  readonly folder?: boolean
  /** Whether several words may be given, with commas between them. */
  readonly isList?: boolean
}

/** What may follow the argument of a command. */
interface FurtherRow {
  readonly flags: string
  readonly text: string
  /** How it is completed. `gangway completion <from>` prints the words, one on a line. */
  readonly completed?: { readonly behind: readonly string[]; readonly from: WordSource }
}

/** What there is a list of words of, for completion. */
export type WordSource = 'imports' | 'threads'

/** One command: what help, the parser and completion know of it. */
export interface CommandRow {
  readonly name: string
  readonly argument?: { readonly flags: string; readonly text: string; readonly words: readonly string[] }
  /** What may follow the argument. */
  readonly further?: FurtherRow
  readonly summary: string
  readonly options: readonly OptionRow[]
  /** Further paragraphs of its help. */
  readonly notes?: string
}
