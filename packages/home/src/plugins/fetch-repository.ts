import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeLayout } from '../layout.js'
import { type GitSource, shownUrl } from './marketplace-source.js'
import { PluginError } from './plugin-error.js'
import { stagingFolder } from './plugin-paths.js'
import { type GitOptions, runGit } from './run-git.js'

/** What fetching may take and do. */
export interface FetchOptions {
  readonly env: GitOptions['env']
  /** For one repository, in milliseconds. Default: two minutes. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** A repository that was fetched, in a folder that goes with `remove`. */
export interface FetchedRepository {
  /** Absolute. Holds the files, and `.git`. */
  readonly folder: string
  /** The commit, in hex. */
  readonly revision: string
  /** Removes the folder. A second call does nothing. */
  readonly remove: () => void
}

const defaultTimeoutMs = 120_000

/** What a repository may send. */
const maxBytes = 1024 * 1024 * 1024

/**
 * Fetches one commit of a repository into a folder of its own below the home. Nothing in it is run; submodules stay where
 * they are. Writes to disk, starts `git`.
 *
 * @param at a commit that is wanted whatever `ref` says
 * @throws PluginError `git`, `time-out` or `too-large`; the reason of `signal`. Nothing is left then
 */
export async function fetchRepository(
  layout: HomeLayout,
  { url, ref, sparsePaths }: GitSource,
  options: FetchOptions,
  at: string | null = null,
): Promise<FetchedRepository> {
  const staging = stagingFolder(layout)
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  removeForgotten(staging)
  const folder = mkdtempSync(join(staging, 'gangway-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const git = gitIn(folder, options)
  try {
    await git('init', '--quiet', '--template=')
    if (sparsePaths.length > 0) await git('sparse-checkout', 'set', '--no-cone', ...sparsePaths)
    await fetchCommit(git, url, at ?? ref)
    await git('checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD')
    return { folder, revision: (await git('rev-parse', 'HEAD')).trim(), remove }
  } catch (error) {
    remove()
    throw error instanceof PluginError ? named(error, url) : error
  }
}

/** The commit that a repository has at a ref now. Starts `git`. @throws PluginError `git` or `time-out` */
export async function remoteRevision({ url, ref }: GitSource, options: FetchOptions): Promise<string> {
  const { env, timeoutMs = defaultTimeoutMs, signal } = options
  try {
    const listed = await runGit(['ls-remote', '--quiet', '--', url, ref ?? 'HEAD'], {
      env,
      timeoutMs,
      ...(signal && { signal }),
    })
    const revision = /^([0-9a-f]{40,64})\t/m.exec(listed)?.[1]
    if (revision === undefined && ref !== null && /^[0-9a-f]{40,64}$/.test(ref)) return ref
    if (revision === undefined) throw new PluginError('git', `${ref ?? 'HEAD'} is not there`)
    return revision
  } catch (error) {
    throw error instanceof PluginError ? named(error, url) : error
  }
}

/** What a crash has left here goes when it is of no use to anybody any more. */
function removeForgotten(staging: string): void {
  for (const name of readdirSync(staging)) {
    const path = join(staging, name)
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats && Date.now() - stats.mtimeMs > forgottenAfterMs) rmSync(path, { recursive: true, force: true })
  }
}

/** Longer than any fetch takes. */
const forgottenAfterMs = 24 * 60 * 60 * 1000

type Git = (...args: string[]) => Promise<string>

function gitIn(folder: string, { env, timeoutMs = defaultTimeoutMs, signal }: FetchOptions): Git {
  const endsAtMs = performance.now() + timeoutMs
  const check = () => assertSmall(folder)
  return async (...args) => {
    const leftMs = Math.max(1, endsAtMs - performance.now())
    try {
      return await runGit(['-C', folder, ...args], { env, timeoutMs: leftMs, check, ...(signal && { signal }) })
    } catch (error) {
      if (error instanceof PluginError && error.fault === 'time-out')
        throw new PluginError('time-out', `git took longer than ${timeoutMs / 1000} s`, { cause: error })
      throw error
    }
  }
}

/** As little as the server lets us: not every server knows of shallow copies, or gives a commit by its name. */
async function fetchCommit(git: Git, url: string, wanted: string | null): Promise<void> {
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules']
  try {
    await git(...fetch, '--depth=1', '--', url, wanted ?? 'HEAD')
  } catch (error) {
    if (!(error instanceof PluginError) || error.fault !== 'git') throw error
    if (/does not support shallow/.test(error.details)) await git(...fetch, '--', url, wanted ?? 'HEAD')
    else if (wanted !== null && /^[0-9a-f]{7,64}$/.test(wanted)) {
      await git(...fetch, '--', url, '+refs/heads/*:refs/remotes/origin/*')
      await git('update-ref', 'FETCH_HEAD', `${wanted}^{commit}`)
    } else throw error
  }
}

/** What comes in is put into single files of one folder. */
function assertSmall(folder: string): void {
  let bytes = 0
  const packs = join(folder, '.git', 'objects', 'pack')
  try {
    for (const name of readdirSync(packs)) bytes += statSync(join(packs, name), { throwIfNoEntry: false })?.size ?? 0
  } catch {
    return
  }
  if (bytes > maxBytes) throw new PluginError('too-large', `it sends more than the ${maxBytes} bytes that are taken`)
}

function named(error: PluginError, url: string): PluginError {
  const { fault, message, details } = error
  const shown = shownUrl(url)
  return new PluginError(fault, message.includes(shown) ? message : `${shown}: ${message}`, { details, cause: error })
}
