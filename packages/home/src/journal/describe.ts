import { lstatSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Change } from '../changes/change.js'
import { pathInTree } from '../changes/copy-tree.js'
import { Overlay } from '../changes/overlay.js'
import { digestOf } from '../files/digest.js'
import { thisProcess } from '../files/process-identity.js'
import { throughLinks } from '../files/write-atomic.js'
import type { BeginLine, RecordedChange, RecordedFile } from './record.js'

/** What a journal says before anything is made. */
export interface Beginning {
  readonly line: BeginLine
  /** Contents that are touched, by digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>
}

/**
 * Looks at everything that `changes` touch. Reads the disk, writes nothing.
 *
 * @param offset how many changes the journal has already
 * @throws ChangeConflict and errors of the editors
 */
export function describeChanges(importId: string, changes: readonly Change[], offset = 0): Beginning {
  const overlay = new Overlay()
  const blobs = new Map<string, Uint8Array>()
  const files = new Map<string, RecordedFile>()
  const missing = new Set<string>()
  const present = new Set<string>()
  const recorded = changes.map((change, index): RecordedChange => {
    const stageId = `${importId.slice(0, 36)}-${offset + index}`
    addMissingFolders(change.path, missing, present)
    if (change.type === 'copyTree') {
      const replaces = overlay.isThere(change.path)
      overlay.make(change, false)
      return {
        type: change.type,
        path: change.path,
        target: change.path,
        stageId,
        tree: treeOf(change),
        ...(replaces ? { replaces } : {}),
      }
    }
    const target = throughLinks(change.path)
    if (target !== change.path) addMissingFolders(target, missing, present)
    if (!files.has(target)) files.set(target, recordFile(target, overlay.read(target), blobs))
    const after = overlay.make(change)[0]?.after
    return { type: change.type, path: change.path, target, stageId, ...(after ? { after: digestOf(after) } : {}) }
  })
  const missingFolders = [...missing].sort((a, b) => b.length - a.length)
  const line: BeginLine = {
    type: 'begin',
    version: 1,
    importId,
    startedAtMs: Date.now(),
    process: thisProcess(),
    changes: recorded,
    files: [...files.values()],
    missingFolders,
  }
  return { line, blobs }
}

function recordFile(target: string, bytes: Uint8Array | undefined, blobs: Map<string, Uint8Array>): RecordedFile {
  if (!bytes) return { target, digest: null, mode: 0 }
  const digest = digestOf(bytes)
  blobs.set(digest, bytes)
  return { target, digest, mode: statSync(target).mode & 0o7777 }
}

function treeOf(change: Extract<Change, { type: 'copyTree' }>): NonNullable<RecordedChange['tree']> {
  return change.files.map(({ relativePath, content, source }) => {
    const path = pathInTree(change.path, relativePath)
    if (content !== undefined) return { path, digest: digestOf(content) }
    return source === undefined ? { path } : { path, source }
  })
}

function addMissingFolders(path: string, missing: Set<string>, present: Set<string>): void {
  for (let folder = dirname(path); !missing.has(folder) && !present.has(folder); folder = dirname(folder)) {
    const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined || folder === dirname(folder)
    ;(isThere ? present : missing).add(folder)
  }
}
