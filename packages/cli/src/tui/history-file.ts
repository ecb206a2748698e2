import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Texts that Up brings back at most. */
const maxEntries = 500

/** Longer texts are not kept: nobody writes them twice. */
const maxLength = 20_000

/** What a person wrote before, kept over sessions in `gangway/history.jsonl` of the Codex home. */
export interface HistoryFile {
  /** The newest last. Empty when nothing can be read. */
  read(): Promise<readonly string[]>
  /** Adds one. A home that cannot be written is no failure: the session goes on without. */
  add(text: string): Promise<void>
}

/** The history of a home. Only its owner may read the file. */
export function historyFile(codexHome: string): HistoryFile {
  const path = join(codexHome, 'gangway', 'history.jsonl')
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '')
      return text.split('\n').flatMap(textOf).slice(-maxEntries)
    },
    async add(text) {
      if (text.length > maxLength) return
      try {
        await mkdir(dirname(path), { recursive: true })
        await appendFile(path, `${JSON.stringify({ ts: Math.floor(Date.now() / 1000), text })}\n`, { mode: 0o600 })
      } catch {
        // See above.
      }
    },
  }
}

function textOf(line: string): readonly string[] {
  try {
    const { text } = JSON.parse(line) as { readonly text?: unknown }
    return typeof text === 'string' && text !== '' ? [text] : []
  } catch {
    return []
  }
}
