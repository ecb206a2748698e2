import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionSummary } from '../../../session.js'
import type {
  SessionList,
  SessionListQuery,
  SessionPlace,
  SessionReadOptions,
  SessionShelf,
  SessionSource,
} from '../../../session-source.js'
import { countConnectors, desktopFolders } from './connectors.js'
import { findLogs, type SessionLogFile } from './find.js'
import { readSession } from './read-session.js'
import { Listing, listSessions, REFERENCE_LIMITS, type SessionsOptions } from './sessions.js'
import { type Surroundings, summaryOf } from './summarise.js'
import { SummaryCache } from './summary-cache.js'

/** Claude Code's conversations, each a log below `projects` of its folder. */
export const claudeSessions: SessionSource = {
  defaults: { maxSessions: REFERENCE_LIMITS.maxSessions, maxAgeDays: REFERENCE_LIMITS.maxSessionAgeDays },
  open: (place) => new ClaudeShelf(place),
  countConnectors,
}

/** One listing of the folder, and what stands around its logs. */
interface Around {
  readonly listing: Listing
  readonly surroundings: Surroundings
  readonly files: ReadonlyMap<string, SessionLogFile>
}

class ClaudeShelf implements SessionShelf {
  readonly root: string
  readonly isReadInThreads = true
  readonly #options: SessionsOptions
  readonly #cache: SummaryCache
  #around: Promise<Around> | undefined

  constructor({ configDir, userHome, env, cacheFolder }: SessionPlace) {
    this.root = join(configDir, 'projects')
    this.#cache = new SummaryCache(cacheFolder)
    this.#options = { configDir, desktopFolders: desktopFolders(userHome, process.platform, env), cache: this.#cache }
  }

  list(query: SessionListQuery): Promise<SessionList> {
    return listSessions(this.#options, query)
  }

  async summarise(path: string, signal?: AbortSignal): Promise<SessionSummary> {
    this.#around ??= this.#lookAround(signal)
    const { listing, surroundings, files } = await this.#around
    const real = realpathSync.native(path)
    const stats = statSync(real, { bigint: true })
    const sizeBytes = Number(stats.size)
    const listedPath = files.get(real)?.listedPath ?? path
    const file: SessionLogFile = { path: real, listedPath, sizeBytes, modifiedNs: stats.mtimeNs }
    return summaryOf(file, await listing.scan(file), surroundings)
  }

  read(path: string, options: SessionReadOptions) {
    return readSession(path, options)
  }

  save(): void {
    this.#cache.save()
  }

  async #lookAround(signal?: AbortSignal): Promise<Around> {
    const found = await findLogs(this.#options.configDir, signal ? { signal } : {})
    const listing = new Listing(this.#options, signal ? { signal } : {}, found.files, [])
    const surroundings = listing.around(await listing.helperLogs(found.helperLogs))
    return { listing, surroundings, files: new Map(found.files.map((file) => [file.path, file])) }
  }
}
