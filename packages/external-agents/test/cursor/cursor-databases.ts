import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

interface Database {
  exec(sql: string): void
  prepare(sql: string): { run(...values: readonly unknown[]): unknown }
  close(): void
}

/** A SQLite file with its tables filled. Left open (`keepOpen`), its log holds what was written last, as Cursor leaves it. */
function fill(path: string, sql: string, rows: readonly (readonly [string, readonly unknown[]])[], keepOpen: boolean) {
  mkdirSync(dirname(path), { recursive: true })
  const load: unknown = createRequire(import.meta.url)('libsql')
  const database = new (load as new (path: string) => Database)(path)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(sql)
  for (const [statement, values] of rows) database.prepare(statement).run(...values)
  if (!keepOpen) database.close()
  return database
}

const KEY_VALUE =
  'CREATE TABLE IF NOT EXISTS ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB);' +
  'CREATE TABLE IF NOT EXISTS cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)'

export type Bubble = { readonly bubbleId: string; readonly type: 1 | 2; readonly [key: string]: unknown }

/** A conversation of the editor. */
export interface EditorChat {
  readonly composerId: string
  readonly name?: string
  readonly createdAt: number
  readonly lastUpdatedAt?: number
  readonly bubbles: readonly Bubble[]
}

/** The editor's database of all conversations. */
export function writeGlobalStore(path: string, chats: readonly EditorChat[], keepOpen = false): Database {
  const insert = 'INSERT INTO cursorDiskKV (key, value) VALUES (?, ?)'
  const rows = chats.flatMap(({ bubbles, ...chat }) => {
    const fullConversationHeadersOnly = bubbles.map(({ bubbleId, type }) => ({ bubbleId, type }))
    const composer = JSON.stringify({ _v: 10, ...chat, fullConversationHeadersOnly })
    // The table's order is not that of the conversation.
    const stored = [...bubbles].reverse()
    return [
      [insert, [`composerData:${chat.composerId}`, composer]] as const,
      ...stored.map(
        (bubble) =>
          [insert, [`bubbleId:${chat.composerId}:${bubble.bubbleId}`, Buffer.from(JSON.stringify(bubble))]] as const,
      ),
    ]
  })
  return fill(path, KEY_VALUE, rows, keepOpen)
}

/** The editor's database of one folder. */
export function writeWorkspaceStore(
  path: string,
  composers: readonly { readonly composerId: string; readonly name?: string }[],
) {
  const value = JSON.stringify({ allComposers: composers })
  fill(path, KEY_VALUE, [['INSERT INTO ItemTable (key, value) VALUES (?, ?)', ['composer.composerData', value]]], false)
}

/** A conversation of the command line: its database, with the ids of the messages in a protobuf. */
export function writeCommandLineStore(
  path: string,
  meta: { readonly [key: string]: unknown },
  messages: readonly { readonly [key: string]: unknown }[],
): void {
  const blobs = messages.map((message) => {
    const data = Buffer.from(JSON.stringify(message))
    return { id: createHash('sha256').update(data).digest(), data }
  })
  const root = Buffer.concat(blobs.flatMap(({ id }) => [Buffer.from([0x0a, id.length]), id]))
  const rootId = createHash('sha256').update(root).digest()
  const insert = 'INSERT INTO blobs (id, data) VALUES (?, ?)'
  const all = [...blobs, { id: rootId, data: root }].reverse()
  const stated = Buffer.from(JSON.stringify({ ...meta, latestRootBlobId: rootId.toString('hex') })).toString('hex')
  fill(
    path,
    'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT); CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB)',
    [
      ...all.map(({ id, data }) => [insert, [id.toString('hex'), data]] as const),
      ['INSERT INTO meta (key, value) VALUES (?, ?)', ['0', stated]],
    ],
    false,
  )
}
