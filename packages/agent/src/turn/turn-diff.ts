import { createHash } from 'node:crypto'
import { relative } from 'node:path'

interface FileChange {
  readonly before: string | null
  readonly after: string | null
}

const noBlob = '0'.repeat(40)

/** All that the patches of one turn changed, as git would show it. */
export class TurnDiff {
  readonly #files = new Map<string, FileChange>()

  /** @param root names in the diff are relative to it */
  constructor(readonly root: string) {}

  changed(path: string, before: string | null, after: string | null): void {
    const known = this.#files.get(path)
    this.#files.set(path, { before: known === undefined ? before : known.before, after })
  }

  get isEmpty(): boolean {
    return this.#files.size === 0
  }

  /** The diff now; empty where everything is as it was. */
  async text(): Promise<string> {
    const { structuredPatch } = await import('diff')
    const parts: string[] = []
    for (const path of [...this.#files.keys()].sort()) {
      const { before, after } = this.#files.get(path)!
      if (before === after) continue
      const name = relative(this.root, path).replaceAll('\\', '/')
      parts.push(`diff --git a/${name} b/${name}`)
      if (before === null) parts.push('new file mode 100644')
      if (after === null) parts.push('deleted file mode 100644')
      parts.push(`index ${blob(before)}..${blob(after)}`)
      parts.push(before === null ? '--- /dev/null' : `--- a/${name}`)
      parts.push(after === null ? '+++ /dev/null' : `+++ b/${name}`)
      const { hunks } = structuredPatch(name, name, before ?? '', after ?? '')
      for (const hunk of hunks) {
        parts.push(
          `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
          ...hunk.lines,
        )
      }
    }
    return parts.length === 0 ? '' : `${parts.join('\n')}\n`
  }
}

function range(start: number, lines: number): string {
  if (lines === 0) return `${Math.max(0, start - 1)},0`
  return lines === 1 ? String(start) : `${start},${lines}`
}

function blob(text: string | null): string {
  if (text === null) return noBlob
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex')
}
