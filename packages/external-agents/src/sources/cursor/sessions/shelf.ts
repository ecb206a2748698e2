import { basename, join } from 'node:path'
import { compareBytes } from '../../../byte-order.js'
import type { FateReason } from '../../../fact.js'
import type { SessionSummary } from '../../../session.js'
import type {
  SessionList,
  SessionListQuery,
  SessionPlace,
  SessionReadOptions,
  SessionShelf,
  SessionSource,
} from '../../../session-source.js'
import { Pace } from '../../reading/sessions/pace.js'
import type { Chat } from './chats/chat.js'
import { ChatTranscripts } from './chats/chat-transcripts.js'
import { folderOfProject, summaryOf } from './summarise.js'
import { readTranscript } from './transcript.js'
import { findTranscripts, type TranscriptFile, transcriptAt } from './transcript-files.js'

/** Cursor's conversations: the transcripts of its agent, and the chats in its databases. */
export const cursorSessions: SessionSource = {
  defaults: { maxSessions: 50, maxAgeDays: 30 },
  open: (place) => new CursorShelf(place),
  // Cursor's logs name no service that somebody has to connect anew.
  countConnectors: () => [],
}

/** Everything on the shelf, newest first. */
interface Look {
  readonly files: readonly TranscriptFile[]
  /** What the databases know of conversations, by their ids. */
  readonly chats: ReadonlyMap<string, Chat>
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
}

class CursorShelf implements SessionShelf {
  readonly root: string
  readonly otherRoots: readonly string[]
  readonly #chats: ChatTranscripts
  #look: Promise<Look> | undefined

  constructor(place: SessionPlace) {
    this.root = join(place.configDir, 'projects')
    this.#chats = new ChatTranscripts(place)
    this.otherRoots = [this.#chats.folder]
  }

  async list(query: SessionListQuery): Promise<SessionList> {
    const { limit, maxCount, accepts, signal } = query
    if (limit !== undefined && !(limit >= 1)) throw new RangeError(`limit must be at least 1, got ${limit}`)
    const start = query.cursor === undefined ? undefined : readCursor(query.cursor)
    const look = await this.#lookAround(signal)
    const pace = new Pace(signal)
    const sessions: SessionSummary[] = []
    const unusable: SessionSummary[] = []
    const leftOut = [...look.leftOut]
    let counted = start?.counted ?? 0
    const page = (nextCursor: string | null): SessionList => ({ sessions, unusable, leftOut, nextCursor })
    for (const file of candidates(look.files, query, start)) {
      if (counted >= (maxCount ?? Infinity)) return page(null)
      if (pace.isOver()) await pace.rest()
      const summary = this.#attempt(file, look, leftOut)
      if (!summary) continue
      if (summary.unusable) unusable.push(summary)
      else if (accepts?.(summary) ?? true) {
        if (sessions.length >= (limit ?? Infinity)) return page(writeCursor(sessions.at(-1)!, counted))
        sessions.push(summary)
        counted += 1
      }
    }
    return page(null)
  }

  async summarise(path: string, signal?: AbortSignal): Promise<SessionSummary> {
    const look = await this.#lookAround(signal)
    const file = transcriptAt(path)
    const listed = look.files.find((one) => one.path === file.path)?.listedPath ?? path
    return this.#summaryOf({ ...file, listedPath: listed }, look)
  }

  read(path: string, options: SessionReadOptions) {
    return readTranscript(path, options)
  }

  save(): void {}

  #attempt(file: TranscriptFile, look: Look, leftOut: Look['leftOut'][number][]): SessionSummary | undefined {
    try {
      return this.#summaryOf(file, look)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      leftOut.push({
        path: file.path,
        reason: { code: 'unreadable', message: `${file.path} cannot be read (${code})` },
      })
      return undefined
    }
  }

  #summaryOf(file: TranscriptFile, { chats }: Look): SessionSummary {
    return summaryOf(file, chats.get(basename(file.path, '.jsonl')), this.root)
  }

  #lookAround(signal?: AbortSignal): Promise<Look> {
    this.#look ??= this.#lookNow(signal).catch((error: unknown) => {
      this.#look = undefined
      throw error
    })
    return this.#look
  }

  /** A chat of which Cursor keeps a transcript itself is told by that, with the database's name and dates. */
  async #lookNow(signal?: AbortSignal): Promise<Look> {
    const transcripts = await findTranscripts(this.root, new Pace(signal))
    const folders = transcripts.files.flatMap(({ listedPath }) => folderOfProject(listedPath, this.root) ?? [])
    const found = await this.#chats.look(new Set(folders), signal)
    const own = new Set(transcripts.files.map(({ path }) => basename(path, '.jsonl')))
    const files = found.chats.flatMap(({ id, path }) => (own.has(id) ? [] : (fileAt(path) ?? [])))
    return {
      files: [...transcripts.files, ...files].sort(byTimeThenPath),
      chats: new Map(found.chats.map((chat) => [chat.id, chat])),
      leftOut: [...transcripts.leftOut, ...found.leftOut],
    }
  }
}

function fileAt(path: string): TranscriptFile | undefined {
  try {
    return transcriptAt(path)
  } catch {
    return undefined
  }
}

/** The last session of a page, and how many there were up to it. */
interface Start extends Pick<TranscriptFile, 'modifiedNs' | 'listedPath'> {
  readonly counted: number
}

function candidates(files: readonly TranscriptFile[], { maxAgeDays }: SessionListQuery, start: Start | undefined) {
  const nowSeconds = BigInt(Math.floor(Date.now() / 1000))
  const oldestNs = maxAgeDays === undefined ? undefined : (nowSeconds - BigInt(maxAgeDays) * 86_400n) * 1_000_000_000n
  return files.filter(
    (file) => (oldestNs === undefined || file.modifiedNs >= oldestNs) && (!start || byTimeThenPath(start, file) < 0),
  )
}

function byTimeThenPath(a: Pick<Start, 'modifiedNs' | 'listedPath'>, b: Pick<Start, 'modifiedNs' | 'listedPath'>) {
  if (a.modifiedNs !== b.modifiedNs) return a.modifiedNs > b.modifiedNs ? -1 : 1
  return compareBytes(a.listedPath, b.listedPath)
}

function writeCursor(last: SessionSummary, counted: number): string {
  return Buffer.from(JSON.stringify([String(last.modifiedNs), last.listedPath, counted])).toString('base64url')
}

function readCursor(cursor: string): Start {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [modified, listedPath, counted] = Array.isArray(value) ? value : []
    if (typeof modified === 'string' && typeof listedPath === 'string' && typeof counted === 'number') {
      return { modifiedNs: BigInt(modified), listedPath, counted }
    }
  } catch {
    // Said below.
  }
  throw new RangeError(`not a cursor of sessions: "${cursor}"`)
}
