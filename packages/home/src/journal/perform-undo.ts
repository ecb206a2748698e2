import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { lockPathOf } from '../changes/apply.js'
import { ChangeConflict } from '../errors.js'
import { errorCode } from '../files/digest.js'
import { withLock } from '../files/lock.js'
import { temporaryPath, writeFileAtomic } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { moveFile } from '../threads/archive.js'
import type { ContentStore } from './content-store.js'
import { holdsTheSame, type Image, imageAt } from './image.js'
import { placeOf, whatKeeps } from './plan-return.js'
import type { KeptPath } from './report.js'
import type { PathStep, UndoRecord, UndoStep } from './undo-record.js'

/** How long to work, in milliseconds, before others get a turn. */
const sliceMs = 8

/**
 * Makes the steps of an undo that are not made yet, one at a time, each whole or not at all. May be called again after a
 * crash. Writes to disk.
 *
 * @returns what could not be done, because somebody changed it after the undo was planned
 */
export async function performUndo(layout: HomeLayout, undo: UndoRecord, store: ContentStore): Promise<KeptPath[]> {
  const kept: KeptPath[] = []
  const doneAlready = new Set(undo.steps.filter((step) => whatKeeps(step) === 'done'))
  const work = new UndoWork(layout, undo.undoId, store)
  let sliceStarted = performance.now()
  // What goes has to go before what comes in its place, and folders come before what is in them.
  for (const phase of ['takeAway', 'put'] as const) {
    for (const step of phase === 'put' ? topDown(undo.steps) : undo.steps) {
      if (doneAlready.has(step)) continue
      const reason = await work[phase](step)
      if (reason !== undefined) {
        kept.push({ path: placeOf(step), reason })
        doneAlready.add(step)
      }
      if (performance.now() - sliceStarted < sliceMs) continue
      await nextTurn()
      sliceStarted = performance.now()
    }
  }
  return kept
}

/** Paths in an order in which folders come before what is in them. Steps for threads come first: they keep their order. */
function topDown(steps: readonly UndoStep[]): UndoStep[] {
  const paths = steps.filter((step) => step.type === 'path').sort((a, b) => a.path.length - b.path.length)
  return [...steps.filter((step) => step.type !== 'path'), ...paths]
}

class UndoWork {
  constructor(
    readonly layout: HomeLayout,
    readonly undoId: string,
    readonly store: ContentStore,
  ) {}

  /** Takes away what nothing, or something of another type, comes in place of. Gives why it stays, if it does. */
  async takeAway(step: UndoStep): Promise<string | undefined> {
    if (step.type !== 'path' || step.before === null || isWriteOver(step)) return undefined
    const { path, before } = step
    return this.#locked(step, () => {
      const now = imageAt(path)
      if (now === null || (step.after !== null && holdsTheSame(now, step.after))) return undefined
      if (!holdsTheSame(now, before)) return 'it was changed since'
      if (before.type !== 'folder') rmSync(path)
      else return removeFolder(path)
      return undefined
    })
  }

  /** Makes what is to be there. Gives why it could not, if so. */
  async put(step: UndoStep): Promise<string | undefined> {
    if (step.type === 'path') {
      const { after } = step
      if (after === null) return undefined
      return this.#locked(step, () => this.#putImage(step, after))
    }
    const reason = whatKeeps(step)
    if (reason !== undefined) return reason === 'done' ? undefined : reason
    if (step.type === 'move') moveFile(step.from, step.to)
    else if (step.after < step.before) truncateSync(step.path, step.after)
    else extend(step.path, step.before, this.store.read(step.tail))
    return undefined
  }

  #putImage({ path, before }: PathStep, after: NonNullable<Image>): string | undefined {
    const now = imageAt(path)
    if (now !== null && !holdsTheSame(now, before))
      return holdsTheSame(now, after) ? undefined : 'there is something else now'
    if (after.type === 'folder') {
      mkdirSync(path, { recursive: true })
      chmodSync(path, after.mode)
      return undefined
    }
    if (after.type === 'file') return this.#putFile(path, now, after)
    if (after.type === 'link') {
      if (now !== null) rmSync(path)
      mkdirSync(dirname(path), { recursive: true })
      symlinkSync(after.to, path)
    }
    return undefined
  }

  #putFile(path: string, now: Image, after: Extract<Image, { type: 'file' }>): string | undefined {
    const stageId = this.undoId.slice(0, 36)
    rmSync(temporaryPath(path, stageId), { force: true })
    const expected = now?.type === 'file' ? now.digest : null
    try {
      const content = this.store.read(after.digest)
      writeFileAtomic(path, content, { expected, stageId, mode: after.mode, durable: true })
      return undefined
    } catch (error) {
      if (error instanceof ChangeConflict) return error.reason
      throw error
    }
  }

  #locked(step: PathStep, work: () => string | undefined): Promise<string | undefined> {
    const isShared = step.before?.type === 'file' && step.after?.type === 'file'
    if (!isShared) return Promise.resolve(work())
    return withLock(lockPathOf(this.layout.locksDir, step.path), work)
  }
}

function isWriteOver({ before, after }: PathStep): boolean {
  return after !== null && before !== null && before.type === after.type
}

function removeFolder(path: string): string | undefined {
  try {
    rmdirSync(path)
    return undefined
  } catch (error) {
    const code = errorCode(error) ?? ''
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return 'something was added to it since'
    if (['ENOENT', 'ENOTDIR', 'EBUSY', 'EPERM', 'EACCES'].includes(code)) return `it could not be removed (${code})`
    throw error
  }
}

function extend(path: string, at: number, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'r+')
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, at + done)
  } finally {
    closeSync(descriptor)
  }
}
