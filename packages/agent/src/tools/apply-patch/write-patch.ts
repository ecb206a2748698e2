import { randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, realpath, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type FilePlan, modeBits } from './plan-patch.js'

/** Undoes one step. */
type Undo = () => Promise<void>

/**
 * Brings the files to what was planned: all of them, or none.
 *
 * Files keep their mode, and links stay links: what they point at is written.
 *
 * @throws what the system said; everything is as before then
 */
export async function writePatch(plans: readonly FilePlan[]): Promise<void> {
  const undo: Undo[] = []
  try {
    for (const plan of plans) await writeFilePlan(plan, undo)
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => {})
    throw error
  }
}

async function writeFilePlan(plan: FilePlan, undo: Undo[]): Promise<void> {
  if (plan.after === null) {
    await remove(plan.path, plan.before, undo)
  } else if (plan.movePath === null) {
    await put(plan.path, plan.after, plan.before, await modeOf(plan.path), undo)
  } else {
    await put(plan.movePath, plan.after, plan.movedOver, await modeOf(plan.path), undo)
    await remove(plan.path, plan.before, undo)
  }
}

async function put(
  path: string,
  content: Buffer,
  before: Buffer | null,
  mode: number | undefined,
  undo: Undo[],
): Promise<void> {
  await makeFolders(dirname(path), undo)
  const target = await realpath(path).catch(() => path)
  const oldMode = await modeOf(target)
  await replace(target, content, mode ?? oldMode)
  undo.push(() => (before === null ? unlink(target) : replace(target, before, oldMode)))
}

async function remove(path: string, before: Buffer | null, undo: Undo[]): Promise<void> {
  const found = await lstat(path)
  if (found.isSymbolicLink()) {
    const kept = join(dirname(path), `.${basename(path)}.${randomUUID()}.gone`)
    await rename(path, kept)
    undo.push(() => rename(kept, path))
    await unlink(kept)
    undo.pop()
    return
  }
  const mode = found.mode & modeBits
  await unlink(path)
  if (before !== null) undo.push(() => replace(path, before, mode))
}

/** A reader sees the old content or the new one, never a half. */
async function replace(path: string, content: Buffer, mode: number | undefined): Promise<void> {
  const staged = join(dirname(path), `.${basename(path)}.${randomUUID()}.new`)
  try {
    await writeFile(staged, content, { flag: 'wx' })
    if (mode !== undefined) await chmod(staged, mode)
    await rename(staged, path)
  } catch (error) {
    await rm(staged, { force: true })
    throw error
  }
}

async function makeFolders(folder: string, undo: Undo[]): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  undo.push(async () => {
    for (let at = folder; at.length >= first.length; at = dirname(at)) await rmdir(at)
  })
}

const modeOf = async (path: string) => {
  const found = await stat(path).catch(() => undefined)
  return found === undefined ? undefined : found.mode & modeBits
}
