import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HomeLayout } from '../../layout.js'
import type { ThreadHead } from '../model/thread-head.js'
import { isObject } from '../rollout/parse-line.js'
import { openSqlDatabase, type SqlDatabase } from './sql-driver.js'

/** What is kept of a head: what the file's place, time and size say is left out. */
type KeptHead = Omit<ThreadHead, 'path' | 'isArchived' | 'updatedAtMs' | 'sizeBytes' | 'modifiedNs'>

/** Rows read in one go. */
const batchSize = 500
/** Raised whenever heads are made another way: what an older program remembered is then forgotten. */
const schemaVersion = 1

/**
 * Heads of rollout files, remembered in `gangway.sqlite` by path, time and size. It can be removed at any time.
 *
 * Nothing here ever fails a caller: without a usable database nothing is remembered, and `degradation` says why.
 */
export class HeadStore {
  readonly #layout: HomeLayout
  readonly #path: string
  #database: SqlDatabase | null = null
  #degradation: string | null = null
  #isOpen = false

  /** `CODEX_SQLITE_HOME` moves the file out of the Codex home. Touches no disk. */
  constructor(layout: HomeLayout, env: { readonly [name: string]: string | undefined }) {
    this.#layout = layout
    this.#path = join(env.CODEX_SQLITE_HOME || layout.root, 'gangway.sqlite')
  }

  get degradation(): string | null {
    return this.#degradation
  }

  /** Everything remembered, some at a time, so that the caller may breathe. Opens the database with the first call. */
  *load(): Generator<ThreadHead[], void, void> {
    this.#open()
    for (let last = 0; ; ) {
      const rows = this.#rowsAfter(last)
      if (rows.length === 0) return
      yield rows.flatMap((row) => rememberedHead(this.#layout.root, row) ?? [])
      last = Number(rows.at(-1)?.rowid)
    }
  }

  /** Remembers heads and forgets files, in one transaction. */
  save(heads: readonly ThreadHead[], gone: readonly string[]): void {
    if (!this.#database || heads.length + gone.length === 0) return
    this.#try((database) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const insert = database.prepare('INSERT OR REPLACE INTO thread_files VALUES (?, ?, ?, ?)')
        for (const head of heads) {
          const kept = JSON.stringify(keptHead(head))
          insert.run(this.#relative(head.path), String(head.modifiedNs), head.sizeBytes, kept)
        }
        const remove = database.prepare('DELETE FROM thread_files WHERE path = ?')
        for (const path of gone) remove.run(this.#relative(path))
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    })
  }

  /** Forgets everything. */
  clear(): void {
    this.#open()
    this.#try((database) => database.exec('DELETE FROM thread_files'))
  }

  /** Idempotent. */
  close(): void {
    this.#database?.close()
    this.#database = null
  }

  #open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      this.#database = openWithTable(this.#path)
    } catch (error) {
      this.#degrade(error)
    }
  }

  #rowsAfter(rowid: number): { readonly [column: string]: unknown }[] {
    const sql = `SELECT rowid, path, modified_ns, size_bytes, head FROM thread_files WHERE rowid > ? ORDER BY rowid LIMIT ${batchSize}`
    const rows = this.#try((database) => database.prepare(sql).all(rowid)) ?? []
    return rows.filter(isObject)
  }

  #try<T>(work: (database: SqlDatabase) => T): T | undefined {
    if (!this.#database) return undefined
    try {
      return work(this.#database)
    } catch (error) {
      this.#degrade(error)
      return undefined
    }
  }

  #degrade(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#degradation = `threads are not remembered in ${this.#path}: ${reason}`
  }

  #relative(path: string): string {
    return path.startsWith(this.#layout.root) ? path.slice(this.#layout.root.length) : path
  }
}

/** A file that is no database, or one of another version, is made anew: nothing in it is the only copy. */
function openWithTable(path: string): SqlDatabase {
  try {
    return withTable(openSqlDatabase(path))
  } catch (error) {
    if (!(error instanceof Error) || !/not a database|malformed/i.test(error.message)) throw error
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
    return withTable(openSqlDatabase(path))
  }
}

function withTable(database: SqlDatabase): SqlDatabase {
  try {
    const [row] = database.prepare('PRAGMA user_version').all()
    const version = isObject(row) ? row.user_version : undefined
    if (version !== schemaVersion) {
      database.exec('DROP TABLE IF EXISTS thread_files')
      database.exec(`PRAGMA user_version = ${schemaVersion}`)
    }
    // Times are text: nanoseconds do not fit the numbers that the library gives back.
    database.exec(
      'CREATE TABLE IF NOT EXISTS thread_files (path TEXT PRIMARY KEY, modified_ns TEXT NOT NULL, size_bytes INTEGER NOT NULL, head TEXT NOT NULL)',
    )
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function keptHead({ path, isArchived, updatedAtMs, sizeBytes, modifiedNs, ...kept }: ThreadHead): KeptHead {
  return kept
}

function rememberedHead(root: string, row: { readonly [column: string]: unknown }): ThreadHead | undefined {
  if (typeof row.path !== 'string' || typeof row.head !== 'string') return undefined
  const path = row.path.startsWith('/') || row.path.startsWith('\\') ? root + row.path : row.path
  const modifiedNs = BigInt(String(row.modified_ns))
  const isArchived = /[\\/]archived_sessions[\\/][^\\/]*$/.test(path)
  const updatedAtMs = Number(modifiedNs / 1_000_000n)
  const kept = JSON.parse(row.head) as KeptHead
  return { ...kept, path, isArchived, updatedAtMs, sizeBytes: Number(row.size_bytes), modifiedNs }
}
