import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Change, Table, TreeFile } from '@gangway/home'
import { editJson, editToml } from '@gangway/home/editing'
import { mergePatch } from './merge-patch.js'

/** What a plan will leave at a path. The content of a file is made when somebody asks. */
type Planned =
  | { readonly type: 'directory' }
  | { readonly type: 'file'; readonly bytes: () => Buffer; readonly table?: Table }

/** The files and folders that the changes planned so far will have made. Touches the disk only for what copies hold. */
export class PlannedFiles {
  readonly #nodes = new Map<string, Planned>()
  readonly #names = new Map<string, Set<string>>()

  /**
   * @param before what a merged document says now
   * @param textOnDisk how it says it, where no earlier change has touched it
   */
  add(change: Change, before: Table, textOnDisk: () => string): void {
    switch (change.type) {
      case 'writeFile':
        this.#put(change.path, { type: 'file', bytes: () => bytesOf(change.content) })
        return
      case 'mergeToml':
      case 'mergeJson': {
        const edit = change.type === 'mergeToml' ? editToml : editJson
        const earlier = this.#nodes.get(change.path)
        const text = earlier?.type === 'file' ? () => earlier.bytes().toString('utf8') : textOnDisk
        const bytes = once(() => Buffer.from(edit(text(), change.patch, change.path)))
        this.#put(change.path, { type: 'file', bytes, table: mergePatch(before, change.patch) })
        return
      }
      case 'copyTree':
        this.#put(change.path, { type: 'directory' })
        for (const folder of change.folders ?? []) this.#put(join(change.path, folder), { type: 'directory' })
        for (const file of change.files) {
          this.#put(join(change.path, file.relativePath), { type: 'file', bytes: () => copied(file) })
        }
        return
      default:
        change satisfies never
    }
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    return this.#nodes.get(path)?.type
  }

  names(folder: string): readonly string[] {
    return [...(this.#names.get(folder) ?? [])]
  }

  table(path: string): Table | undefined {
    const node = this.#nodes.get(path)
    return node?.type === 'file' ? node.table : undefined
  }

  bytes(path: string): Buffer | undefined {
    const node = this.#nodes.get(path)
    return node?.type === 'file' ? node.bytes() : undefined
  }

  text(path: string): string | undefined {
    return this.bytes(path)?.toString('utf8')
  }

  #put(path: string, node: Planned): void {
    this.#nodes.set(path, node)
    for (let step = path; step !== dirname(step); step = dirname(step)) {
      const parent = dirname(step)
      const names = this.#names.get(parent) ?? new Set()
      if (names.has(basename(step))) return
      names.add(basename(step))
      this.#names.set(parent, names)
      if (!this.#nodes.has(parent)) this.#nodes.set(parent, { type: 'directory' })
    }
  }
}

function bytesOf(content: string | Uint8Array): Buffer {
  return typeof content === 'string'
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

function copied({ content, source }: TreeFile): Buffer {
  if (content !== undefined) return bytesOf(content)
  return source === undefined ? Buffer.alloc(0) : readFileSync(source)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
