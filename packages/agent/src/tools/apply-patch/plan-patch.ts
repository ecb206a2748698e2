import { constants } from 'node:fs'
import { lstat, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { applyChunks } from './apply-chunks.js'
import { PatchError, type PatchHunk } from './patch.js'

/** What is to become of one file. */
export interface FilePlan {
  readonly kind: PatchHunk['kind']
  /** As the patch spells it; the new one of a file that moves. */
  readonly shownPath: string
  /** Absolute. */
  readonly path: string
  /** Absolute; null where the file stays at its place. */
  readonly movePath: string | null
  /** Null: there is no such file. */
  readonly before: Buffer | null
  /** What stands where the file moves to; null: nothing. */
  readonly movedOver: Buffer | null
  /** Null: there will be none. */
  readonly after: Buffer | null
}

/**
 * Looks what a patch does to the files it names. Writes nothing.
 *
 * @throws PatchError where one of them cannot be read, or is not as the patch says
 */
export async function planPatch(hunks: readonly PatchHunk[], cwd: string): Promise<readonly FilePlan[]> {
  const targets = new Set<string>()
  for (const hunk of hunks) {
    const paths = [hunk.path, ...(hunk.kind === 'update' && hunk.movePath !== null ? [hunk.movePath] : [])]
    for (const path of new Set(paths.map((written) => resolve(cwd, written)))) {
      if (targets.has(path)) throw new PatchError(`invalid patch: multiple operations target ${path}`)
      targets.add(path)
    }
  }
  const plans: FilePlan[] = []
  for (const hunk of hunks) plans.push(await planFile(hunk, cwd))
  return plans
}

async function planFile(hunk: PatchHunk, cwd: string): Promise<FilePlan> {
  const path = resolve(cwd, hunk.path)
  const plan = { kind: hunk.kind, shownPath: hunk.path, path, movePath: null, movedOver: null }
  if (hunk.kind === 'add') return { ...plan, before: await readIfThere(path), after: Buffer.from(hunk.content) }
  if (hunk.kind === 'delete') {
    // What a link points at stays; the link itself goes.
    const before = await read(path, `Failed to read ${path}`)
    return { ...plan, before, after: null }
  }
  const before = await read(path, `Failed to read file to update ${path}`)
  if (!isText(before)) throw new PatchError(`Failed to read file to update ${path}: stream did not contain valid UTF-8`)
  const after = Buffer.from(applyChunks(path, before.toString('utf8'), hunk.chunks))
  if (hunk.movePath === null) return { ...plan, before, after }
  const movePath = resolve(cwd, hunk.movePath)
  return {
    ...plan,
    shownPath: hunk.movePath,
    movePath: movePath === path ? null : movePath,
    movedOver: movePath === path ? null : await readIfThere(movePath),
    before,
    after,
  }
}

/** Whether nothing is lost when the bytes are read as UTF-8. */
export function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

async function read(path: string, what: string): Promise<Buffer> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new PatchError(`${what}: path \`${path}\` is not a file`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof PatchError) throw error
    throw new PatchError(`${what}: ${systemMessage(error)}`, { cause: error })
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) return null
  return read(path, `Failed to read ${path}`)
}

/** What the system says, in the words that clients know. */
export function systemMessage(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'No such file or directory (os error 2)',
    EACCES: 'Permission denied (os error 13)',
    ENOTDIR: 'Not a directory (os error 20)',
    EISDIR: 'Is a directory (os error 21)',
    EROFS: 'Read-only file system (os error 30)',
  }
  return known[code ?? ''] ?? message
}

/** Permission bits of a file. */
export const modeBits = constants.S_IRWXU | constants.S_IRWXG | constants.S_IRWXO
