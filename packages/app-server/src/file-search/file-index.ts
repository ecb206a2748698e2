import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type IgnoreRule, ignoreRules, verdict } from './ignore-rules.js'

/** A file or folder below a root. */
export interface IndexEntry {
  /** Relative to the root, with slashes. */
  readonly path: string
  readonly lower: string
  readonly isFolder: boolean
}

/** Rules, and the folder below the root that they are for: empty, or ending in a slash. */
interface Scope {
  readonly prefix: string
  readonly rules: readonly IgnoreRule[]
}

/** A folder as it was last read. */
interface Folder {
  readonly stamp: string
  readonly entries: readonly IndexEntry[]
  readonly scopes: readonly Scope[]
}

/** No root is looked into further than this. */
const maxEntries = 500_000
/** How many folders are looked at side by side. */
const atOnce = 64

/**
 * The files below a root, without what git ignores there and without `.git`; hidden ones are in it.
 *
 * Folders that have not changed are looked at, and not read again.
 */
export class FileIndex {
  #folders = new Map<string, Folder>()
  #entries: readonly IndexEntry[] = []
  #refreshing: Promise<readonly IndexEntry[]> | undefined

  /** @param root absolute */
  constructor(readonly root: string) {}

  /** What is there now. Reads the disk; calls that come while it does share its work. */
  entries(): Promise<readonly IndexEntry[]> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  async #refresh(): Promise<readonly IndexEntry[]> {
    const folders = new Map<string, Folder>()
    let changed = false
    let count = 0
    let waiting: { prefix: string; scopes: readonly Scope[] }[] = [{ prefix: '', scopes: await this.#rootScopes() }]
    while (waiting.length > 0 && count < maxEntries) {
      const batch = waiting.splice(0, atOnce)
      const read = await Promise.all(batch.map(({ prefix, scopes }) => this.#folder(prefix, scopes)))
      for (const [index, folder] of read.entries()) {
        const prefix = batch[index]?.prefix ?? ''
        if (folder !== this.#folders.get(prefix)) changed = true
        folders.set(prefix, folder)
        count += folder.entries.length
        for (const entry of folder.entries) {
          if (entry.isFolder) waiting.push({ prefix: `${entry.path}/`, scopes: folder.scopes })
        }
      }
      if (waiting.length > maxEntries) waiting = waiting.slice(0, maxEntries)
    }
    if (changed || folders.size !== this.#folders.size) {
      this.#entries = [...folders.values()].flatMap(({ entries }) => entries)
    }
    this.#folders = folders
    return this.#entries
  }

  async #folder(prefix: string, above: readonly Scope[]): Promise<Folder> {
    const path = join(this.root, prefix)
    const [self, rulesFile] = await Promise.all([stampOf(path), stampOf(join(path, '.gitignore'))])
    const before = this.#folders.get(prefix)
    const isSame = before !== undefined && sameScopes(before.scopes, above, prefix)
    const stamp = `${self} ${rulesFile}`
    if (isSame && before.stamp === stamp) return before
    const own = rulesFile === '' ? [] : ignoreRules(await readFile(join(path, '.gitignore'), 'utf8').catch(() => ''))
    const scopes = own.length === 0 ? above : [...above, { prefix, rules: own }]
    const found = await readdir(path, { withFileTypes: true }).catch(() => [])
    const entries = found.flatMap((entry): IndexEntry[] => {
      const isFolder = entry.isDirectory()
      const below = prefix + entry.name
      if (entry.name === '.git' || isIgnored(scopes, below, isFolder)) return []
      return [{ path: below, lower: below.toLowerCase(), isFolder }]
    })
    return { stamp, entries, scopes }
  }

  /** What holds for the whole root: the person's own list, and that of the repository alone. */
  async #rootScopes(): Promise<readonly Scope[]> {
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
    const files = [join(config, 'git', 'ignore'), join(this.root, '.git', 'info', 'exclude')]
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
    const text = texts.join('\n')
    const known = this.#folders.get('')?.scopes[0]
    if (text === this.#rootText && known !== undefined) return [known]
    this.#rootText = text
    return [{ prefix: '', rules: ignoreRules(text) }]
  }
  #rootText = ''
}

function sameScopes(before: readonly Scope[], above: readonly Scope[], prefix: string): boolean {
  const inherited = before.at(-1)?.prefix === prefix && before.length > above.length ? before.slice(0, -1) : before
  return inherited.length === above.length && inherited.every((scope, index) => scope === above[index])
}

function isIgnored(scopes: readonly Scope[], path: string, isFolder: boolean): boolean {
  for (let index = scopes.length - 1; index >= 0; index -= 1) {
    const scope = scopes[index]
    const said = scope === undefined ? undefined : verdict(scope.rules, path.slice(scope.prefix.length), isFolder)
    if (said !== undefined) return said
  }
  return false
}

async function stampOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined)
  return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`
}
