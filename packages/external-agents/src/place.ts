import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Place } from './artifact.js'
import type { Source } from './source.js'

/** What decides where a `cwd` of the wire leads. */
export interface PlaceContext {
  readonly source: Source
  readonly env: { readonly [name: string]: string | undefined }
  /** The person's home directory. Absolute. */
  readonly userHome: string
  /** What a relative `cwd` is resolved against. Absolute. */
  readonly cwd: string
}

/**
 * The place that a `cwd` means: null, absent and `''` the person's home; a folder or file the repository around it, or the
 * folder itself when there is none. Reads the disk.
 *
 * @returns undefined when there is no such folder or file. `cwd` of the place is as it was given
 * Source: reference 0.169.0, externalAgentConfig scope resolution
 */
export function resolvePlace(cwd: string | null | undefined, context: PlaceContext): Place | undefined {
  const { source, env, userHome } = context
  const userConfigDir = resolve(context.cwd, source.configDir('home', userHome, env))
  const user = { userHome, userConfigDir }
  if (cwd === null || cwd === undefined || cwd === '') {
    return { kind: 'home', cwd: cwd ?? null, root: userHome, configDir: userConfigDir, ...user }
  }
  const folder = folderOf(resolve(context.cwd, cwd))
  if (folder === undefined) return undefined
  const root = repositoryRoot(folder)
  return { kind: 'repo', cwd, root, configDir: source.configDir('repo', root, env), ...user }
}

/** What two places have in common when they are the same: the kind and the real path of the root. */
export function placeKey(place: Place): string {
  return `${place.kind}:${realPath(place.root)}`
}

/** `HOME`, else `USERPROFILE`, else the operating system's answer. Source: reference 0.169.0. */
export function userHomeOf(env: PlaceContext['env'], fallback: () => string): string {
  return env.HOME || env.USERPROFILE || fallback()
}

function folderOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats) return undefined
    return stats.isDirectory() ? path : dirname(path)
  } catch {
    return undefined
  }
}

function repositoryRoot(folder: string): string {
  for (let step = folder; ; step = dirname(step)) {
    if (existsSync(join(step, '.git'))) return step
    if (step === dirname(step)) return folder
  }
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
