import { cpSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { ChangeConflict, HomeError } from '../errors.js'
import { digestOf, errorCode } from '../files/digest.js'
import type { CopyTree } from './change.js'
import type { JournalStep, PathImage } from './step.js'
import { writeTreeFile } from './tree-file.js'

/** Where a tree is put together before its rename. Recovery looks for the same name. */
export function stagePath(target: string, stageId: string): string {
  return join(dirname(target), `.gangway-stage-${stageId}`)
}

/** Where a file of a tree will stand, spelt as the system does. Its name is plain. */
export function pathInTree(tree: string, relativePath: string): string {
  return sep === '/' ? `${tree}/${relativePath}` : join(tree, relativePath)
}

/** Where what a tree replaces stands between the two renames. Recovery looks for the same name. */
export function asidePath(target: string, stageId: string): string {
  return join(dirname(target), `.gangway-aside-${stageId}`)
}

/** Makes the folder, whole or not at all. Writes to disk. @throws ChangeConflict when something is there that may not be replaced */
export function copyTree(change: CopyTree, stageId: string, step: JournalStep | undefined): void {
  const { path } = change
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  if (isThere && !change.replace) throw new ChangeConflict(path, 'there is something now')
  if (isThere && !step) throw new HomeError('JOURNAL', `cannot replace ${path} without a journal that keeps it`)

  const stage = stagePath(path, stageId)
  makeStage(stage)
  try {
    const after = fillStage(change, stage, step !== undefined)
    step?.writing(after)
    if (isThere && step) swap(path, stage, stageId, step)
    else renameSync(stage, path)
  } catch (error) {
    rmSync(stage, { recursive: true, force: true })
    if (errorCode(error) === 'ENOTEMPTY') throw new ChangeConflict(path, 'there is something now', { cause: error })
    throw error
  }
  step?.applied()
}

/** Moves a file or folder, to another disk if need be. Writes to disk. */
export function moveAnywhere(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  try {
    renameSync(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
    rmSync(from, { recursive: true })
  }
}

/** The parent folder is there for all trees of an import but the first. */
function makeStage(stage: string): void {
  try {
    mkdirSync(stage)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    mkdirSync(dirname(stage), { recursive: true })
    mkdirSync(stage)
  }
}

function swap(path: string, stage: string, stageId: string, step: JournalStep): void {
  const aside = asidePath(path, stageId)
  renameSync(path, aside)
  try {
    renameSync(stage, path)
  } catch (error) {
    renameSync(aside, path)
    throw error
  }
  moveAnywhere(aside, step.replacedPath)
}

function fillStage({ path, files, folders = [] }: CopyTree, stage: string, withDigests: boolean): PathImage[] {
  const made = new Set([''])
  const mask = process.umask()
  const images: PathImage[] = []
  for (const folder of folders) makeFolder(stage, folder, made)
  for (const file of files) {
    const slash = file.relativePath.lastIndexOf('/')
    makeFolder(stage, slash < 0 ? '' : file.relativePath.slice(0, slash), made)
    const bytes = writeTreeFile(file, `${stage}/${file.relativePath}`, mask)
    if (withDigests) images.push({ path: pathInTree(path, file.relativePath), digest: digestOf(bytes) })
  }
  return images
}

function makeFolder(stage: string, folder: string, made: Set<string>): void {
  if (made.has(folder)) return
  mkdirSync(`${stage}/${folder}`, { recursive: true })
  made.add(folder)
}
