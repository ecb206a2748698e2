import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { HomeError } from '../errors.js'
import { digestOf } from '../files/digest.js'
import { contentFolder } from './undo-record.js'

/** Contents that an undo takes away or gives back, one file each, named by digest. */
export class ContentStore {
  readonly #folder: string

  /** @param folder of the undo. Made with the first content. */
  constructor(folder: string) {
    this.#folder = join(folder, contentFolder)
  }

  /** Keeps bytes. Durable. Writes to disk. */
  keep(bytes: Uint8Array): string {
    const digest = digestOf(bytes)
    const path = this.#pathOf(digest)
    if (existsSync(path)) return digest
    const descriptor = openSync(path, 'wx', 0o600)
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    return digest
  }

  /** Keeps what the file at `path` holds, by a second name where that can be: large trees cost nothing then. Writes to disk. */
  keepFile(path: string, digest: string): void {
    const kept = this.#pathOf(digest)
    if (existsSync(kept)) return
    try {
      linkSync(path, kept)
    } catch {
      this.keep(readFileSync(path))
    }
  }

  /** @throws HomeError `JOURNAL` when the content is missing or another */
  read(digest: string): Buffer {
    const path = this.#pathOf(digest)
    const bytes = existsSync(path) ? readFileSync(path) : undefined
    if (bytes === undefined || digestOf(bytes) !== digest) throw new HomeError('JOURNAL', `${path} is damaged`)
    return bytes
  }

  #pathOf(digest: string): string {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return join(this.#folder, digest)
  }
}
