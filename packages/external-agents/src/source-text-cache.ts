import type { Read, SourceText } from './source-files.js'

/** A file as it was read, and what it says as JSON once somebody asked. */
export interface CachedText {
  readonly read: Read<SourceText>
  json?: Read<unknown>
}

/** Decoded files by real path, kept as long as the file's times and size say that it is the same. */
export class SourceTextCache {
  readonly #texts = new Map<string, CachedText & { readonly signature: string }>()
  #characters = 0

  /** @param maxCharacters of all texts together; beyond it, everything is forgotten */
  constructor(readonly maxCharacters = 8 * 1024 * 1024) {}

  get(realPath: string, signature: string): CachedText | undefined {
    const found = this.#texts.get(realPath)
    return found?.signature === signature ? found : undefined
  }

  set(realPath: string, signature: string, read: Read<SourceText>): CachedText {
    const size = read.ok ? read.value.text.length : 0
    if (this.#characters + size > this.maxCharacters) this.#forget()
    const entry = { signature, read }
    if (size > this.maxCharacters) return entry
    this.#characters += size
    this.#texts.set(realPath, entry)
    return entry
  }

  #forget(): void {
    this.#texts.clear()
    this.#characters = 0
  }
}
