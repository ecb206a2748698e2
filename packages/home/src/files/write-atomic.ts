/** How a file is written. */
export interface WriteOptions {
  /** Permission bits. Default: those of the file that is there, else 0o644 less the process's mask. */
  readonly mode?: number
  /** Wait until it is on the disk itself. Default false. */
  readonly durable?: boolean
  /** SHA-256 (hex) that the file must have when it is replaced; null: there must be none. Absent: whatever is there. */
  readonly expected?: string | null
  /** Part of the temporary file's name. Default: random. */
  readonly stageId?: string
}

/**
 * Replaces the file at `path` whole or not at all (temporary file beside it, then rename). Makes parent folders, writes
 * through a link, keeps the mode. Synchronous.
 *
 * @throws ChangeConflict when the file is not the `expected` one
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  throw new Error(`not built: ${path} ${content.length} ${options.mode}`)
}
