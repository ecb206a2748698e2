import { join } from 'node:path'
import { HomeError } from '../errors.js'
import { digestOf, readIfThere } from '../files/digest.js'
import { joinBegins } from './join-begins.js'
import { type BeginLine, type JournalLine, linesFile } from './record.js'

/** A journal read back. */
export interface LoadedJournal {
  readonly folder: string
  readonly begin: BeginLine
  /** Contents as they were, by digest. */
  readonly blobs: ReadonlyMap<string, Buffer>
  /** By index of the change: what it was about to leave. */
  readonly writing: ReadonlyMap<number, readonly { readonly path: string; readonly digest: string }[]>
  readonly applied: ReadonlySet<number>
  readonly state: 'interrupted' | 'finished' | 'reversed'
}

/**
 * Reads the journal in `folder`; undefined when there is none, or its beginning was never written whole (nothing was made then).
 *
 * @throws HomeError `JOURNAL` when a blob is not what its name says, or the format is newer
 */
export function loadJournal(folder: string): LoadedJournal | undefined {
  const text = readIfThere(join(folder, linesFile))?.toString('utf8')
  const lines = text?.split('\n').flatMap(parseLine) ?? []
  const begins = lines.filter((line) => line.type === 'begin')
  if (begins.length === 0) return undefined
  const newer = begins.find(({ version }) => version !== 1)
  if (newer) throw new HomeError('JOURNAL', `${folder} is of a newer format (${newer.version})`)
  const blobs = new Map<string, Buffer>()
  const writing = new Map<number, readonly { readonly path: string; readonly digest: string }[]>()
  const applied = new Set<number>()
  let state: LoadedJournal['state'] = 'interrupted'
  for (const line of lines) {
    if (line.type === 'blob') blobs.set(line.digest, checkedBlob(folder, line))
    else if (line.type === 'writing') writing.set(line.index, line.after)
    else if (line.type === 'applied') applied.add(line.index)
    else if (line.type === 'finished' || line.type === 'reversed') state = line.type
    else if (line.type === 'returned') state = 'finished'
    else if (line.type === 'begin') state = 'interrupted'
  }
  return { folder, begin: joinBegins(begins, { blobs, writing }), blobs, writing, applied, state }
}

/** A line cut short by a crash is passed over: it is the last one, and what it would say can be seen from the disk. */
function parseLine(line: string): JournalLine[] {
  if (line === '') return []
  try {
    return [JSON.parse(line) as JournalLine]
  } catch {
    return []
  }
}

function checkedBlob(folder: string, line: Extract<JournalLine, { type: 'blob' }>): Buffer {
  const bytes = Buffer.from(line.base64, 'base64')
  if (digestOf(bytes) !== line.digest)
    throw new HomeError('JOURNAL', `${folder} is damaged: content ${line.digest} is another`)
  return bytes
}
