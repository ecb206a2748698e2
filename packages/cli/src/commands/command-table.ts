/** One option of a command, in commander's notation. */
export interface OptionRow {
  readonly flags: string
  readonly text: string
  readonly initial?: string
  /** Words that complete it. */
  readonly words?: readonly string[]
  /** Whether its value is a folder, for completion. */
  readonly folder?: boolean
}

/** One command: what help, the parser and completion know of it. */
export interface CommandRow {
  readonly name: string
  readonly argument?: { readonly flags: string; readonly text: string; readonly words: readonly string[] }
  /** What may follow the argument. */
  readonly further?: { readonly flags: string; readonly text: string }
  readonly summary: string
  readonly options: readonly OptionRow[]
  /** Further paragraphs of its help. */
  readonly notes?: string
}
