import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from '../files/digest.js'
import { readJsonLines } from '../files/json-lines.js'
import { isRunning, type ProcessIdentity } from '../files/process-identity.js'
import type { HomeLayout } from '../layout.js'
import type { Image } from './image.js'
import type { KeptPath } from './report.js'

/** One step of an undo, as data. Done the other way round it undoes the undo. */
export type UndoStep = PathStep | MoveStep | LengthStep

/** What stands at a path becomes something else. Contents are in the undo's folder, by digest. */
export interface PathStep {
  readonly type: 'path'
  readonly path: string
  readonly before: Image
  readonly after: Image
}

/** A thread goes to another folder. */
interface MoveStep {
  readonly type: 'move'
  readonly from: string
  readonly to: string
  /** Of the file. With another length somebody went on in it. */
  readonly bytes: number
}

/** A thread loses, or gets back, its end. */
interface LengthStep {
  readonly type: 'length'
  readonly path: string
  /** Bytes. */
  readonly before: number
  readonly after: number
  /** Digest of what stands between the two lengths. */
  readonly tail: string
}

/** The record of one undo, on disk before its first step. */
export interface UndoRecord {
  readonly undoId: string
  /** The import, or the undo, that it takes back. */
  readonly reverses: string
  readonly startedAtMs: number
  readonly process: ProcessIdentity
  readonly steps: readonly UndoStep[]
  readonly merged: readonly string[]
  readonly kept: readonly KeptPath[]
  readonly state: 'interrupted' | 'finished'
}

/** One line of an undo's record. */
export type UndoLine =
  | { readonly type: 'preparing'; readonly process: ProcessIdentity }
  | ({ readonly type: 'begin'; readonly version: 1 } & Omit<UndoRecord, 'state'>)
  | { readonly type: 'finished'; readonly atMs: number }

/** The name of the file with the lines, in the undo's folder. */
export const undoFile = 'undo.jsonl'
/** The folder with contents by digest, in the undo's folder. */
export const contentFolder = 'content'

/** The undo in `folder`; undefined when there is none, or its beginning was never written whole: nothing was done then. Reads the disk. */
export function loadUndo(folder: string): UndoRecord | undefined {
  const lines = readJsonLines(join(folder, undoFile)) as UndoLine[]
  const begin = lines.find((line) => line.type === 'begin')
  if (begin?.version !== 1) return undefined
  const { type, version, ...record } = begin
  return { ...record, state: lines.some((line) => line.type === 'finished') ? 'finished' : 'interrupted' }
}

/** Whether somebody is at work on an undo in `folder`, or has been until it was on record. Reads the disk. */
export function isUndoFolder(folder: string): boolean {
  const [first] = readJsonLines(join(folder, undoFile)) as UndoLine[]
  return loadUndo(folder) !== undefined || (first?.type === 'preparing' && isRunning(first.process))
}

/** Every undo of a home, oldest first. Reads the disk. */
export function loadUndos(layout: HomeLayout): readonly UndoRecord[] {
  return namesIn(layout.journalDir)
    .flatMap((name) => loadUndo(join(layout.journalDir, name)) ?? [])
    .sort((a, b) => a.startedAtMs - b.startedAtMs || (a.undoId < b.undoId ? -1 : 1))
}

/** The undo that counts for `id`, an import or an undo: the last one that has ended and was not undone itself. */
export function undoOf(id: string, undos: readonly UndoRecord[]): UndoRecord | undefined {
  return undos.findLast(
    (undo) => undo.reverses === id && undo.state === 'finished' && undoOf(undo.undoId, undos) === undefined,
  )
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
