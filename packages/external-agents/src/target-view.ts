import { isUtf8 } from 'node:buffer'
import { accessSync, constants, lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Change, Table, TreeFile } from '@gangway/home'
import { parseJson, parseToml, readIfThere } from '@gangway/home/parsing'
import type { MigrationItemType } from '@gangway/protocol'
import type { ImportProblem } from './fact.js'
import { ImportFailure, type TargetView } from './kind.js'
import type { Looks } from './looks.js'
import { isTable } from './merge-patch.js'
import type { PlannedFiles } from './planned-files.js'
import { problem, problemOf } from './problems.js'
import { sha256 } from './sha256.js'

/**
 * What is on the target side now, and what it will be once the changes of this plan are made: so that two items that touch
 * one file see each other. Reads each file at most once; writes nothing. Use one for one plan.
 */
export class TargetSide {
  readonly #bytes = new Map<string, Buffer | undefined>()
  readonly #parsed = new Map<string, Table | undefined>()
  readonly #names = new Map<string, ReadonlySet<string>>()

  readonly #planned: PlannedFiles | undefined
  readonly #looks: Looks | undefined

  /**
   * @param planned what the plan will have made; without it nothing can be planned
   * @param looks notes everything that is looked at on the disk
   */
  constructor({ planned, looks }: { readonly planned?: PlannedFiles; readonly looks?: Looks } = {}) {
    this.#planned = planned
    this.#looks = looks
  }

  /** The view a kind plans with. What it throws says that it is about `itemType`. */
  viewFor(itemType: MigrationItemType): TargetView {
    return {
      toml: (path) => this.#table(path, 'toml', itemType),
      json: (path) => this.#table(path, 'json', itemType),
      text: (path) => this.#text(path, itemType),
      kindOf: (path) => this.#kindOf(path),
      digest: (path) => this.#digest(path),
      holds: (path, file) => this.#holds(path, file),
      names: (path) => this.#listed(path),
      blockedBecause: (path) => this.#blockedBecause(path, itemType),
    }
  }

  /** What later items shall see as done. */
  plan(changes: readonly Change[], itemType: MigrationItemType): void {
    if (!this.#planned) throw new TypeError('this view of the target was made without a plan')
    for (const change of changes) {
      const format = change.type === 'mergeToml' ? 'toml' : change.type === 'mergeJson' ? 'json' : undefined
      const before = format ? (this.#table(change.path, format, itemType) ?? {}) : {}
      this.#planned.add(change, before, () => this.#read(change.path)?.toString('utf8') ?? '')
    }
  }

  /** SHA-256 of each file at `paths` as it is on the disk now; null where there is none. */
  digestsOnDisk(paths: Iterable<string>): { readonly [path: string]: string | null } {
    const digests: { [path: string]: string | null } = {}
    for (const path of paths) {
      const bytes = this.#kindOnDisk(path) === 'file' ? this.#read(path) : undefined
      digests[path] = bytes ? sha256(bytes) : null
    }
    return digests
  }

  #table(path: string, format: 'toml' | 'json', itemType: MigrationItemType): Table | undefined {
    const planned = this.#planned?.table(path)
    if (planned) return planned
    if (this.#planned?.kindOf(path) === 'file') return this.#parse(path, format, itemType)
    if (!this.#parsed.has(path)) this.#parsed.set(path, this.#parse(path, format, itemType))
    return this.#parsed.get(path)
  }

  #parse(path: string, format: 'toml' | 'json', itemType: MigrationItemType): Table | undefined {
    const text = this.#text(path, itemType)
    if (text === undefined || text.trim() === '') return undefined
    const parsed = this.#attempt(itemType, () =>
      format === 'toml' ? parseToml(text, path) : parseJson(text, path, 'jsonc'),
    )
    if (isTable(parsed)) return parsed
    throw new ImportFailure(problem(itemType, `invalid_target_${format}`, `${path}: the root must be an object`, path))
  }

  #text(path: string, itemType: MigrationItemType): string | undefined {
    const planned = this.#planned?.text(path)
    if (planned !== undefined) return planned
    const bytes = this.#attempt(itemType, () => this.#read(path))
    if (bytes && !isUtf8(bytes))
      throw new ImportFailure(problem(itemType, 'invalid_utf8', `${path}: not valid UTF-8`, path))
    return bytes?.toString('utf8')
  }

  #digest(path: string): string | undefined {
    const planned = this.#planned?.bytes(path)
    const bytes = planned ?? (this.#kindOf(path) === 'file' ? this.#read(path) : undefined)
    return bytes && sha256(bytes)
  }

  #holds(path: string, { content, source }: Pick<TreeFile, 'source' | 'content'>): boolean {
    if (this.#kindOf(path) !== 'file') return false
    const there = this.#planned?.bytes(path) ?? this.#read(path)
    if (!there) return false
    if (content !== undefined) return there.equals(Buffer.from(content as string))
    if (source === undefined || statSync(source, { throwIfNoEntry: false })?.size !== there.length) return false
    return there.equals(readFileSync(source))
  }

  #kindOf(path: string): 'file' | 'directory' | 'other' | 'missing' {
    return this.#planned?.kindOf(path) ?? this.#kindOnDisk(path)
  }

  #kindOnDisk(path: string): 'file' | 'directory' | 'other' | 'missing' {
    this.#looks?.note(path, 'kind')
    const stats = statOf(path)
    if (stats === undefined || stats === 'broken') return stats ? 'other' : 'missing'
    if (stats.isFile()) return 'file'
    return stats.isDirectory() ? 'directory' : 'other'
  }

  #listed(path: string): ReadonlySet<string> {
    let names = this.#names.get(path)
    if (!names) {
      this.#looks?.note(path)
      names = new Set(namesBelow(path))
      this.#names.set(path, names)
    }
    const planned = this.#planned?.names(path) ?? []
    return planned.length === 0 ? names : new Set([...names, ...planned])
  }

  #blockedBecause(path: string, itemType: MigrationItemType): ImportProblem | undefined {
    for (let step = dirname(path); ; step = dirname(step)) {
      const kind = this.#kindOf(step)
      if (kind === 'directory') return this.#notWritable(step, itemType)
      if (kind !== 'missing')
        return problem(itemType, 'target_not_directory', `${step}: not a directory, so ${path} cannot be made`, step)
      if (step === dirname(step)) return undefined
    }
  }

  #notWritable(folder: string, itemType: MigrationItemType): ImportProblem | undefined {
    if (this.#planned?.kindOf(folder)) return undefined
    try {
      accessSync(folder, constants.W_OK | constants.X_OK)
      return undefined
    } catch {
      return problem(itemType, 'permission_denied', `${folder}: permission denied, nothing can be made in it`, folder)
    }
  }

  #read(path: string): Buffer | undefined {
    if (!this.#bytes.has(path)) {
      this.#looks?.note(path)
      this.#bytes.set(path, readIfThere(path))
    }
    return this.#bytes.get(path)
  }

  #attempt<T>(itemType: MigrationItemType, read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw new ImportFailure(problemOf(itemType, error), { cause: error })
    }
  }
}

/** What a path leads to, `broken` for a link that leads nowhere. One look, where there is no link. */
function statOf(path: string): Stats | 'broken' | undefined {
  let isLink = false
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    isLink = stats?.isSymbolicLink() === true
    return isLink ? (statSync(path, { throwIfNoEntry: false }) ?? 'broken') : stats
  } catch {
    return isLink ? 'broken' : undefined
  }
}

function namesBelow(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
