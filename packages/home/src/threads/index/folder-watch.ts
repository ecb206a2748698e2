import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'

/** More folders than this are looked at file by file: the system's watches are shared with other programs. */
const maxFolders = 4_096

/**
 * Tells which files of some folders were written to, on systems where watching a folder tells that for each file.
 * Never keeps the process alive. A folder that cannot be watched is simply not watched.
 */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #written = new Set<string>()

  /** Whether this folder's files are told of. */
  covers(folder: string): boolean {
    return this.#watchers.has(folder)
  }

  /** @returns whether the folder is watched now and was not before */
  add(folder: string): boolean {
    if (process.platform !== 'linux' || this.#watchers.has(folder) || this.#watchers.size >= maxFolders) return false
    try {
      const watcher = watch(folder, { persistent: false })
      watcher.on('change', (_event, name) => this.#written.add(join(folder, String(name))))
      watcher.on('error', () => this.#drop(folder))
      this.#watchers.set(folder, watcher)
      return true
    } catch {
      return false
    }
  }

  /** Files written to since the last call. */
  takeWritten(): string[] {
    const written = [...this.#written]
    this.#written.clear()
    return written
  }

  /** Idempotent. */
  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#drop(folder)
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}
