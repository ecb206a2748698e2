import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '@gangway/home'
import type { FateReason } from '../../../../fact.js'
import type { SessionPlace } from '../../../../session-source.js'
import { asRecord, asText } from '../../../reading/sessions/record.js'
import { type Chat, isPlainId, type WholeChat } from './chat.js'
import { commandLineChat } from './command-line-chats.js'
import { readCopy, stampOf } from './copied-database.js'
import { chatsOfWorkspace, editorChats } from './editor-chats.js'
import { type ChatStore, chatStores } from './stores.js'

/** A chat whose transcript stands in our folder. */
export interface ChatTranscript extends Chat {
  readonly path: string
}

/** The chats of a home, and what could not be read. */
export interface FoundChats {
  readonly chats: readonly ChatTranscript[]
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
}

/** What one database held when it was read last. */
interface KnownStore {
  readonly stamp: string
  readonly chats: readonly Chat[]
}

/** Written anew when what is kept changes: an older one is not believed. */
const VERSION = 1

/**
 * Chats of databases as transcripts: one file for each, lines as in Cursor's own, so that they are read, told apart and
 * continued as those are. They are written when the database has changed, and then only those that have new words.
 */
export class ChatTranscripts {
  /** Where the transcripts stand. */
  readonly folder: string

  constructor(readonly place: SessionPlace) {
    this.folder = join(place.cacheFolder, 'cursor-chats')
  }

  /**
   * Reads copies of the databases that have changed. Writes to the folder.
   *
   * @param folders that a chat of the command line may be about, which notes only the MD5 of its folder
   * @throws the signal's reason
   */
  async look(folders: Iterable<string>, signal?: AbortSignal): Promise<FoundChats> {
    const stores = chatStores(this.place)
    const known = this.#load()
    const seen = new Map<string, KnownStore>()
    const leftOut: { path: string; reason: FateReason }[] = []
    for (const store of stores) {
      signal?.throwIfAborted()
      const stamp = await stampOf(store.path)
      if (stamp === undefined) continue
      const before = known.get(store.path)
      try {
        seen.set(store.path, before?.stamp === stamp ? before : { stamp, chats: await this.#read(store) })
      } catch (error) {
        const message = `${store.path} cannot be read: ${error instanceof Error ? error.message : String(error)}`
        leftOut.push({ path: store.path, reason: { code: 'unreadable-database', message } })
      }
    }
    if (JSON.stringify([...seen]) !== JSON.stringify([...known])) this.#save(seen)
    return { chats: this.#joined(stores, seen, folders), leftOut }
  }

  /** What a database holds. Transcripts of whole chats are written on the way. */
  async #read(store: ChatStore): Promise<readonly Chat[]> {
    if (store.type === 'workspace') {
      const chats = await readCopy(store.path, chatsOfWorkspace)
      return [...chats].map(([id, { title }]) => ({ ...NOTHING, id, title, cwd: store.folder }))
    }
    const changedMs = Math.floor(statSync(store.path).mtimeMs)
    return readCopy(store.path, (database) => {
      const one = store.type === 'cli' ? commandLineChat(database, store.id) : undefined
      const whole = store.type === 'cli' ? (one ? [one] : []) : editorChats(database)
      const chats: Chat[] = []
      for (const { records, ...chat } of whole) {
        if (!isPlainId(chat.id) || records.length === 0) continue
        const known = { ...chat, updatedAtMs: chat.updatedAtMs ?? changedMs }
        this.#write({ ...known, records }, store.path)
        chats.push(known)
      }
      return chats
    })
  }

  #write(chat: WholeChat, store: string): void {
    const path = this.#pathOf(chat.id)
    const head = { type: 'chat', id: chat.id, store, createdAtMs: chat.createdAtMs }
    const text = [head, ...chat.records].map((line) => `${JSON.stringify(line)}\n`).join('')
    if (textAt(path) === text) return
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    writeFileAtomic(path, text, { mode: 0o600 })
    const at = new Date(chat.updatedAtMs ?? chat.createdAtMs ?? Date.now())
    utimesSync(path, at, at)
  }

  /** Chats with words, each with what the databases of folders know of it. */
  #joined(
    stores: readonly ChatStore[],
    seen: ReadonlyMap<string, KnownStore>,
    folders: Iterable<string>,
  ): ChatTranscript[] {
    const of = (type: ChatStore['type']) => stores.filter((store) => store.type === type)
    const placed = new Map<string, Chat>()
    for (const { path } of of('workspace')) for (const chat of seen.get(path)?.chats ?? []) placed.set(chat.id, chat)
    const byHash = new Map<string, string>()
    for (const folder of [...folders, ...[...placed.values()].map(({ cwd }) => cwd)]) {
      if (folder !== null) byHash.set(createHash('md5').update(folder).digest('hex'), folder)
    }
    const found = new Map<string, ChatTranscript>()
    for (const store of [...of('cli'), ...of('global')]) {
      for (const chat of seen.get(store.path)?.chats ?? []) {
        const at = placed.get(chat.id)
        const hashed = store.type === 'cli' ? (byHash.get(store.workspaceHash) ?? null) : null
        const cwd = at?.cwd ?? hashed ?? chat.cwd
        if (!found.has(chat.id)) {
          found.set(chat.id, { ...chat, cwd, title: chat.title ?? at?.title ?? null, path: this.#pathOf(chat.id) })
        }
      }
    }
    return [...found.values()]
  }

  #pathOf(id: string): string {
    return join(this.folder, `${id}.jsonl`)
  }

  get #index(): string {
    return join(this.folder, 'index.json')
  }

  #load(): ReadonlyMap<string, KnownStore> {
    try {
      const index = asRecord(JSON.parse(textAt(this.#index) ?? ''))
      if (index?.version !== VERSION || !Array.isArray(index.stores)) return new Map()
      return new Map(index.stores.filter((entry) => Array.isArray(entry) && asText(entry[0]) !== undefined))
    } catch {
      return new Map()
    }
  }

  #save(seen: ReadonlyMap<string, KnownStore>): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    writeFileAtomic(this.#index, JSON.stringify({ version: VERSION, stores: [...seen] }), { mode: 0o600 })
  }
}

const NOTHING = { title: null, createdAtMs: null, updatedAtMs: null } as const

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
