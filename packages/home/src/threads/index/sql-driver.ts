import { createRequire } from 'node:module'

/** A prepared statement, of a SQLite library whose calls return at once. */
interface SqlStatement {
  run(...values: readonly unknown[]): unknown
  all(...values: readonly unknown[]): unknown[]
}

/** As much of a SQLite library as is used here. All SQL goes through it. */
export interface SqlDatabase {
  exec(sql: string): void
  prepare(sql: string): SqlStatement
  close(): void
}

/** How long to wait for another process that writes; libsql itself does not wait. */
const busyTimeoutMs = 2_000

/**
 * Opens or makes a SQLite file. The library is loaded by the first call.
 *
 * @throws Error when the library is not installed for this platform, or the file cannot be opened
 */
export function openSqlDatabase(path: string): SqlDatabase {
  // Not `import`: a bundle leaves this one out, since it comes with a native module.
  const load: unknown = createRequire(import.meta.url)('libsql')
  const database = new (load as new (path: string) => SqlDatabase)(path)
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = NORMAL')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
