/** One replacement in a text. */
export interface TextEdit {
  readonly offset: number
  readonly length: number
  readonly content: string
}

/** `text` with all of `edits` made. They do not overlap; of two at one offset the later in the list comes later in the text. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => b.edit.offset - a.edit.offset || b.index - a.index)
  return ordered.reduce(
    (left, { edit }) => left.slice(0, edit.offset) + edit.content + left.slice(edit.offset + edit.length),
    text,
  )
}
