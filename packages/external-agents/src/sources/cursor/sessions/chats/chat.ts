/** A conversation of a database, as far as lists need it. */
export interface Chat {
  /** Cursor's id. A file's name is made of it. */
  readonly id: string
  readonly title: string | null
  /** Absolute; null when the database does not say. */
  readonly cwd: string | null
  readonly createdAtMs: number | null
  readonly updatedAtMs: number | null
}

/** A conversation with its messages: each becomes one line of a transcript. */
export interface WholeChat extends Chat {
  readonly records: readonly ChatRecord[]
}

/** A line of a transcript, in the shape that Cursor's own have. */
export interface ChatRecord {
  readonly role: 'user' | 'assistant'
  readonly message: { readonly content: readonly { readonly [key: string]: unknown }[] }
  readonly timestamp_ms?: number
  readonly model?: string
}

/** Whether an id may be the name of a file. */
export function isPlainId(id: string): boolean {
  return /^[\w-]{1,128}$/.test(id)
}
