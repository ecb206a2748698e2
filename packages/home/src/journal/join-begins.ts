import { digestOf } from '../files/digest.js'
import { type TextFormat, unmerge } from '../merge/unmerge.js'
import type { BeginLine, RecordedFile } from './record.js'

interface Record {
  /** Contents by digest. What is worked out here is added. */
  readonly blobs: Map<string, Buffer>
  readonly writing: ReadonlyMap<number, readonly { readonly path: string; readonly digest: string }[]>
}

/**
 * The beginnings of one import, as if it had begun once: of a file that several touch, what it held before the first counts,
 * with what somebody else has written to it in between.
 */
export function joinBegins(begins: readonly BeginLine[], record: Record): BeginLine {
  return begins.reduce((joined, next) => joinTwo(joined, next, record))
}

function joinTwo(first: BeginLine, next: BeginLine, record: Record): BeginLine {
  const files = new Map(first.files.map((file) => [file.target, file]))
  for (const file of next.files) {
    const known = files.get(file.target)
    files.set(file.target, known ? joinedFile(known, file, first, record) : file)
  }
  return {
    ...first,
    process: next.process,
    changes: [...first.changes, ...next.changes],
    files: [...files.values()],
    missingFolders: [...new Set([...first.missingFolders, ...next.missingFolders])],
  }
}

function joinedFile(known: RecordedFile, later: RecordedFile, { changes }: BeginLine, record: Record): RecordedFile {
  const indexes = changes.flatMap(({ target, type }, index) =>
    target === known.target && type !== 'copyTree' ? [index] : [],
  )
  const last = indexes.findLast((index) => record.writing.has(index))
  const left = last === undefined ? known.digest : (record.writing.get(last)?.[0]?.digest ?? null)
  if (left === later.digest) return known
  const [before, made, now] = [known.digest, left, later.digest].map((one) => one && record.blobs.get(one))
  if (!now || !made) return later
  const types = indexes.map((index) => changes[index]?.type)
  const unmerged = unmerge(
    formatOf(known.target, types),
    { before: before || undefined, after: made, now },
    known.target,
  )
  if (!unmerged) return later
  const bytes = Buffer.from(unmerged.text)
  record.blobs.set(digestOf(bytes), bytes)
  return { ...later, digest: digestOf(bytes) }
}

/** What a file is, by what writes it, else by its name. */
export function formatOf(path: string, types: readonly (string | undefined)[]): TextFormat {
  if (types.includes('mergeToml') || path.endsWith('.toml')) return 'toml'
  return types.includes('mergeJson') || path.endsWith('.json') ? 'json' : 'text'
}
