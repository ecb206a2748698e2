import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Change } from '../changes/change.js'
import type { JournalStep, PathImage } from '../changes/step.js'
import { HomeError } from '../errors.js'
import { syncFolder } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { describeChanges } from './describe.js'
import { journalFolder } from './folder.js'
import { loadJournal } from './load.js'
import { type JournalLine, linesFile, type RecordedChange, replacedFolder } from './record.js'

/** The record of one import: what is needed to reverse each of its changes, on disk before any of them is made. */
export interface Journal {
  readonly importId: string
  /** Absolute path of `gangway/journal/<importId>`. */
  readonly folder: string
  /**
   * Records, durably (one fsync of the journal), how to reverse `changes`. Nothing else is written yet. Call once.
   *
   * @returns one step for each change, to hand to `applyChange`
   * @throws ChangeConflict when a change cannot be made over what is there now; errors of the editors
   */
  begin(changes: readonly Change[]): readonly JournalStep[]
  /** Says that no further change will be made, and closes the file. Call it in `finally`; a second call does nothing. */
  finish(): void
}

/**
 * Makes the journal of one import. Touches no disk until `begin`.
 *
 * @throws HomeError `JOURNAL` when `importId` is no plain name, or has a journal already
 */
export function openJournal(layout: HomeLayout, importId: string): Journal {
  const folder = journalFolder(layout, importId)
  if (existsSync(join(folder, linesFile))) throw new HomeError('JOURNAL', `import ${importId} has a journal already`)
  return new OpenJournal(importId, folder)
}

/**
 * Goes on with the journal of an import that had finished, or makes it: what comes is part of the same import, and undone
 * with it. Reads the disk, and writes nothing until `begin`.
 *
 * @throws HomeError `JOURNAL` when `importId` is no plain name, or its journal is damaged or reversed
 */
export function continueJournal(layout: HomeLayout, importId: string): Journal {
  const folder = journalFolder(layout, importId)
  const before = loadJournal(folder)
  if (before?.state === 'reversed') throw new HomeError('JOURNAL', `import ${importId} was undone`)
  return new OpenJournal(importId, folder, before?.begin.changes.length)
}

class OpenJournal implements Journal {
  #descriptor: number | undefined
  /** Indexes of changes that are made and not noted yet: they are written with the next line, and can be seen from the disk until then. */
  #applied: number[] = []
  /** What each file holds now, as far as this import knows. */
  readonly #current = new Map<string, string | null>()
  /** Contents that stand in the journal, by digest. */
  readonly #blobs = new Set<string>()

  constructor(
    readonly importId: string,
    readonly folder: string,
    /** How many changes stand there already; undefined: there is no journal yet. */
    readonly offset?: number,
  ) {}

  begin(changes: readonly Change[]): readonly JournalStep[] {
    if (this.#descriptor !== undefined) throw new HomeError('JOURNAL', `import ${this.importId} has begun already`)
    const offset = this.offset ?? 0
    const { line, blobs } = describeChanges(this.importId, changes, offset)
    for (const { target, digest } of line.files) this.#current.set(target, digest)
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    this.#descriptor = openSync(join(this.folder, linesFile), this.offset === undefined ? 'ax' : 'a', 0o600)
    const lines = [...blobs].flatMap(([digest, bytes]) => this.#blobLine(digest, bytes))
    this.#write([...lines, line])
    fsyncSync(this.#descriptor)
    syncFolder(this.folder)
    syncFolder(dirname(this.folder))
    return line.changes.map((change, index) => this.#stepOf(change, offset + index))
  }

  finish(): void {
    if (this.#descriptor === undefined) return
    this.#write([{ type: 'finished' }])
    closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #stepOf(change: RecordedChange, index: number): JournalStep {
    let images: readonly PathImage[] = []
    return {
      stageId: change.stageId,
      replacedPath: join(this.folder, replacedFolder, String(index)),
      expected: (target) => this.#current.get(target),
      writing: (after) => {
        images = after
        const contents = after.flatMap(({ digest, content }) =>
          content === undefined ? [] : this.#blobLine(digest, content),
        )
        this.#write([
          ...contents,
          { type: 'writing', index, after: after.map(({ path, digest }) => ({ path, digest })) },
        ])
      },
      applied: () => {
        for (const { path, digest } of images) if (this.#current.has(path)) this.#current.set(path, digest)
        this.#applied.push(index)
      },
    }
  }

  /** Each content once. */
  #blobLine(digest: string, content: string | Uint8Array): JournalLine[] {
    if (this.#blobs.has(digest)) return []
    this.#blobs.add(digest)
    return [blobLine(digest, typeof content === 'string' ? Buffer.from(content) : content)]
  }

  #write(lines: readonly JournalLine[]): void {
    if (this.#descriptor === undefined)
      throw new HomeError('JOURNAL', `the journal of import ${this.importId} is closed`)
    const applied = this.#applied.map((index): JournalLine => ({ type: 'applied', index }))
    this.#applied = []
    const bytes = Buffer.from([...applied, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''))
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
  }
}

function blobLine(digest: string, bytes: Uint8Array): JournalLine {
  return {
    type: 'blob',
    digest,
    base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  }
}
