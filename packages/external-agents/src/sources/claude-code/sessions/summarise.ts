import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SessionRepair, SessionSummary } from '../../../session.js'
import { folderNamedBy } from '../../reading/sessions/folder-name.js'
import { SurrogateRepair } from '../../reading/sessions/well-formed.js'
import type { DesktopManifests } from './connectors.js'
import type { SessionLogFile } from './find.js'
import type { LogScan } from './log-scan.js'

/** What stands around logs on disk, looked up once for one pass over them. */
export class Surroundings {
  readonly #folders = new Map<string, boolean>()
  readonly #named = new Map<string, string | undefined>()

  constructor(
    readonly manifests: DesktopManifests,
    /** Logs of helper agents, by the path of the log that started them. */
    readonly helperLogs: ReadonlyMap<string, readonly string[]>,
    readonly isLog: (path: string) => boolean,
  ) {}

  isFolder(path: string): boolean {
    return remembered(this.#folders, path, () => {
      try {
        return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
      } catch {
        return false
      }
    })
  }

  /** The folder that a log's own folder is named for. */
  folderOf(log: string): string | undefined {
    return remembered(this.#named, basename(dirname(log)), folderNamedBy)
  }
}

/** What detect knows of a session: what its log says, and what stands around it. Reads the disk. */
export function summaryOf(file: SessionLogFile, scan: LogScan, around: Surroundings): SessionSummary {
  const repairs: SessionRepair[] = [...scan.repairs]
  // Half a character would make a whole answer unreadable for peers that are strict about JSON.
  const halves = new SurrogateRepair()
  const repaired = (text: string | null) => (text === null ? null : halves.text(text))
  const cwd = repaired(scan.cwd) ?? around.folderOf(file.path) ?? null
  if (scan.cwd === null) repairs.push({ code: 'missing-cwd', count: 1 })
  else if (!around.isFolder(scan.cwd)) repairs.push({ code: 'missing-folder', count: 1 })
  const modifiedMs = Number(file.modifiedNs / 1_000_000n)
  if (scan.firstMessageMs === null) repairs.push({ code: 'missing-time', count: 1 })
  const sessionId = basename(file.path, '.jsonl')
  const unusable = whyUnusable(file, scan)
  return {
    path: file.path,
    listedPath: file.listedPath,
    sessionId,
    cwd,
    title: repaired(scan.title),
    startedAtMs: scan.firstMessageMs ?? modifiedMs,
    endedAtMs: scan.lastMessageMs ?? modifiedMs,
    sizeBytes: file.sizeBytes,
    modifiedNs: file.modifiedNs,
    gitBranch: repaired(scan.gitBranch),
    connectors: around.manifests.namesFor(sessionId, scan.mcpServers).map((name) => halves.text(name)),
    continuedIn: successor(file, scan, around),
    subagentPaths: around.helperLogs.get(file.path) ?? [],
    ...(unusable && { unusable }),
    repairs,
  }
}

/** The log that goes on with the conversation. An id is a file's name, never a way out of the folder. */
function successor(file: SessionLogFile, scan: LogScan, around: Surroundings): string | null {
  if (scan.continuedIn === null || !/^[\w-]+$/.test(scan.continuedIn)) return null
  const path = join(dirname(file.path), `${scan.continuedIn}.jsonl`)
  return path !== file.path && around.isLog(path) ? path : null
}

function whyUnusable(file: SessionLogFile, scan: LogScan): { code: string; message: string } | undefined {
  if (scan.hasUserMessage) return undefined
  if (file.sizeBytes === 0) return { code: 'empty', message: `${file.path} is empty` }
  if (scan.helperOf !== null || (!scan.hasMessage && scan.firstMessageMs !== null)) {
    return { code: 'helper-log', message: `${file.path} holds the work of a helper agent only` }
  }
  if (!scan.hasMessage) return { code: 'no-message', message: `${file.path} holds no message` }
  return { code: 'no-user-message', message: `${file.path} holds no message of the person` }
}

function remembered<T>(known: Map<string, T>, key: string, find: (key: string) => T): T {
  if (!known.has(key)) known.set(key, find(key))
  return known.get(key)!
}
