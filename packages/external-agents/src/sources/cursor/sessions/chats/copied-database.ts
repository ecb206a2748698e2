import { constants } from 'node:fs'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** As much of a SQLite library as is used here. */
export interface ReadDatabase {
  prepare(sql: string): { all(...values: readonly unknown[]): unknown[] }
  close(): void
}

/** What tells that a database has changed: sizes and times of the file and of its log. */
export async function stampOf(path: string): Promise<string | undefined> {
  const of = async (file: string) => {
    const stats = await stat(file, { bigint: true }).catch(() => undefined)
    return stats?.isFile() ? `${stats.size} ${stats.mtimeNs}` : undefined
  }
  const main = await of(path)
  return main === undefined ? undefined : `${main} ${(await of(`${path}-wal`)) ?? ''}`
}

/** A program that writes meanwhile may leave a copy torn: how often to copy again. */
const MOST_COPIES = 3

/**
 * Reads a copy of a database, with its log, in a folder of its own that is gone afterwards. The database itself is opened by
 * nobody: not even a lock is left beside it.
 *
 * @throws what the file system or the library throws, what `read` throws
 */
export async function readCopy<T>(path: string, read: (database: ReadDatabase) => T): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-cursor-'))
  const copy = join(folder, 'copy.db')
  try {
    for (let tries = 1; ; tries += 1) {
      const before = await stampOf(path)
      await copyFile(path, copy, constants.COPYFILE_FICLONE)
      await rm(`${copy}-wal`, { force: true })
      await copyFile(`${path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE).catch(unlessMissing)
      if (before === (await stampOf(path)) || tries === MOST_COPIES) break
    }
    // Not `import`: a bundle leaves this one out, since it comes with a native module.
    const load: unknown = createRequire(import.meta.url)('libsql')
    const database = new (load as new (path: string) => ReadDatabase)(copy)
    try {
      return read(database)
    } finally {
      database.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** The rows of a query; none where the table is missing. @throws for a file that is no database */
export function rowsOf(database: ReadDatabase, sql: string, ...values: readonly unknown[]): readonly Row[] {
  try {
    return (database.prepare(sql).all(...values) as readonly Row[]).map(withBytes)
  } catch (error) {
    if (/no such table/.test(String((error as Error).message))) return []
    throw error
  }
}

/** The library gives bytes as buffers without a view. */
function withBytes(row: Row): Row {
  const columns = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof ArrayBuffer ? new Uint8Array(value) : value,
  ])
  return Object.fromEntries(columns)
}

/** A row by its columns. */
export type Row = { readonly [column: string]: unknown }

/** A value of a database as text, whether it was stored as text or as bytes. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : undefined
}
