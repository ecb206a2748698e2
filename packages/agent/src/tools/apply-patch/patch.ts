/** A run of lines that replaces another, and where to look for it. */
export interface PatchChunk {
  /** Lines to go to first, each below the one before. */
  readonly contexts: readonly string[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** The lines are the last of the file. */
  readonly isAtEnd: boolean
}

/** What a patch does with one file. Paths as they were written. */
export type PatchHunk =
  | { readonly kind: 'add'; readonly path: string; readonly content: string }
  | { readonly kind: 'delete'; readonly path: string }
  | {
      readonly kind: 'update'
      readonly path: string
      readonly movePath: string | null
      readonly chunks: readonly PatchChunk[]
    }

/** Why a patch cannot be applied; told to the model behind `apply_patch verification failed: `. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}
