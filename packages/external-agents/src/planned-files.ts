import { readFileSync } from 'node:fs'
import { basename, dirname, sep } from 'node:path'
import type { Change, CopyTree, Table, TreeFile } from '@gangway/home'
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
  readonly #trees = new Map<string, CopyTree>()

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
        this.#trees.set(change.path, change)
        this.#put(change.path, { type: 'directory' })
        return
      default:
        change satisfies never
    }
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    return this.#node(path)?.type
  }

  /** Names in a folder that earlier changes will have put there. Copied folders list their own. */
  names(folder: string): readonly string[] {
    const inTree = this.#inTree(folder)
    return [...(this.#names.get(folder) ?? []), ...(inTree ? firstParts(inTree.tree, inTree.below) : [])]
  }

  table(path: string): Table | undefined {
    const node = this.#nodes.get(path)
    return node?.type === 'file' ? node.table : undefined
  }

  bytes(path: string): Buffer | undefined {
    const node = this.#node(path)
    return node?.type === 'file' ? node.bytes() : undefined
  }

  text(path: string): string | undefined {
    return this.bytes(path)?.toString('utf8')
  }

  #node(path: string): Planned | undefined {
    const node = this.#nodes.get(path)
    if (node) return node
    const inTree = this.#inTree(path)
    if (!inTree) return undefined
    const { tree, below } = inTree
    const file = tree.files.find(({ relativePath }) => relativePath === below)
    if (file) return { type: 'file', bytes: () => copied(file) }
    return firstParts(tree, below).length > 0 || tree.folders?.includes(below) ? { type: 'directory' } : undefined
  }

  /** The copied folder that `path` is in, and where. What is in many folders is looked up only when somebody asks. */
  #inTree(path: string): { readonly tree: CopyTree; readonly below: string } | undefined {
    if (this.#trees.size === 0) return undefined
    for (let step = path; step !== dirname(step); step = dirname(step)) {
      const tree = this.#trees.get(step)
      if (tree)
        return {
          tree,
          below: path
            .slice(step.length + 1)
            .split(sep)
            .join('/'),
        }
    }
    return undefined
  }

  #put(path: string, node: Planned): void {
    this.#nodes.set(path, node)
    for (let step = path, parent = dirname(step); step !== parent; step = parent, parent = dirname(step)) {
      const name = basename(step)
      const names = this.#names.get(parent) ?? new Set()
      if (names.has(name)) return
      names.add(name)
      this.#names.set(parent, names)
      if (!this.#nodes.has(parent)) this.#nodes.set(parent, { type: 'directory' })
    }
  }
}

/** Names directly below a folder of a copied tree; `''` is its top. */
function firstParts({ files, folders = [] }: CopyTree, below: string): string[] {
  const prefix = below === '' ? '' : `${below}/`
  const paths = [...files.map(({ relativePath }) => relativePath), ...folders]
  const inside = paths.filter((path) => path.startsWith(prefix) && path !== below)
  return [...new Set(inside.map((path) => path.slice(prefix.length).split('/')[0]!))]
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
