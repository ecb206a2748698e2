import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { MemoryArtifact, Place } from '../../artifact.js'
import type { FateReason } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { walkFolder } from '../reading/folder-walk.js'
import { asText, parseRecord } from '../reading/sessions/record.js'

/**
 * What Claude Code remembers of each project: `projects/<key>/memory/**\/*.md` of a home, in byte order of the keys. A
 * project whose folder is gone, or that no conversation names, is left where it is.
 * Source: reference 0.169.0, import-artifacts 11.
 */
export const memoryReader: Reader<MemoryArtifact> = {
  itemType: 'MEMORY',

  describe: (place) => join(place.configDir, 'projects'),

  read(place, files) {
    if (place.kind === 'repo') return { artifacts: [], warnings: [] }
    const root = readingRoot(place)
    const listed = files.list(join(place.configDir, 'projects'), root)
    if (!listed.ok) {
      const problem = { ...listed.problem, itemType: 'MEMORY' as const }
      return { artifacts: [], warnings: [], ...(listed.missing ? {} : { problem }) }
    }
    const folders = listed.value.filter(({ type }) => type === 'directory')
    return { artifacts: folders.flatMap(({ name, path }) => readProject(place, name, path, files)), warnings: [] }
  },
}

function readProject(place: Place, key: string, folder: string, files: SourceFiles): readonly MemoryArtifact[] {
  const path = join(folder, 'memory')
  const found = walkFolder(path, readingRoot(place), files, { enters: ({ viaLink }) => !viaLink })
  if (found.files.length === 0) return []
  const facts = found.files.map((file) => ({ file, fact: factOf(place, file.path, '') }))
  const taken = facts.filter(({ file }) => isMemory(file.name) && !file.entry.viaLink)
  const left = facts.filter((one) => !taken.includes(one))
  const scope = scopeOf(folder, files, readingRoot(place))
  return [
    {
      itemType: 'MEMORY',
      name: key,
      path,
      facts: facts.map(({ fact }) => fact),
      cwd: scope ?? '',
      files: taken.map(({ file, fact }) => ({ relativePath: file.relativePath, source: file.path, fact })),
      leftOut: left.map(({ file, fact }) => ({ fact, reason: whyLeft(file.path, file.entry.viaLink) })),
      ...(scope === undefined ? { notTaken: noScope(path) } : {}),
    },
  ].filter(({ files: { length } }) => length > 0) as readonly MemoryArtifact[]
}

function isMemory(name: string): boolean {
  return /\.md$/i.test(name)
}

function whyLeft(path: string, isLink: boolean): FateReason {
  if (isLink) return { code: 'link', message: `${path} is a link; what it leads to counts where it stands` }
  return { code: 'not-a-memory', message: `${path} is no Markdown, and not read as a memory` }
}

function noScope(path: string): FateReason {
  return {
    code: 'project-unknown',
    message: `no conversation beside ${path} names a folder that is there, so nobody knows what it is about`,
  }
}

/** How much of a log is searched for its first record with a folder. */
const HEAD_BYTES = 256 * 1024

/** The folder of the first conversation whose first record with folder and time names one that is there. */
function scopeOf(folder: string, files: SourceFiles, root: string): string | undefined {
  const listed = files.list(folder, root)
  const logs = listed.ok ? listed.value.filter(({ type, name }) => type === 'file' && name.endsWith('.jsonl')) : []
  for (const { path } of logs) {
    const cwd = firstFolder(path)
    if (cwd !== undefined && isFolder(cwd)) return cwd
  }
  return undefined
}

function firstFolder(path: string): string | undefined {
  const bytes = headOf(path)
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed
    const record = parseRecord(bytes, start, end)
    const cwd = asText(record?.cwd)
    if (cwd !== undefined && asText(record?.timestamp) !== undefined) return cwd
    start = end + 1
  }
  return undefined
}

function headOf(path: string): Buffer {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(HEAD_BYTES)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return Buffer.alloc(0)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
