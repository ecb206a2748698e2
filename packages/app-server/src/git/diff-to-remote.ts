import { execFile } from 'node:child_process'

/** What a working copy has beyond the nearest commit that a remote has. */
export interface DiffToRemote {
  /** That commit. */
  readonly sha: string
  /** Unified; files that git does not know are in it. */
  readonly diff: string
}

/** Files that git does not know are shown up to this many; each costs a process. */
const maxUntracked = 200
const maxBytes = 64 * 1024 * 1024

/**
 * Runs git, which writes nothing.
 *
 * @throws Error when `cwd` is in no repository, or no branch of a remote is known there
 */
export async function diffToRemote(cwd: string, signal: AbortSignal): Promise<DiffToRemote> {
  const git = (args: readonly string[], codes: readonly number[] = [0]) => runGit(cwd, args, codes, signal)
  const refs = lines(await git(['for-each-ref', '--format=%(refname)', 'refs/remotes']))
  if (refs.length === 0) throw new Error('no branch of a remote is known')
  const sha = await nearest(refs, git)
  const tracked = await git(['diff', '--no-textconv', '--no-ext-diff', '--no-color', sha])
  const root = (await git(['rev-parse', '--show-toplevel'])).trim()
  const others = (await git(['-C', root, 'ls-files', '--others', '--exclude-standard', '-z'])).split('\0')
  const parts = [tracked]
  for (const file of others.filter((name) => name !== '').slice(0, maxUntracked)) {
    const args = [
      '-C',
      root,
      'diff',
      '--no-textconv',
      '--no-ext-diff',
      '--no-color',
      '--no-index',
      '--',
      '/dev/null',
      file,
    ]
    parts.push(await git(args, [0, 1]))
  }
  return { sha, diff: parts.join('') }
}

type Git = (args: readonly string[], codes?: readonly number[]) => Promise<string>

/** The last commit that HEAD and a branch of a remote have in common; of several the one nearest to HEAD. */
async function nearest(refs: readonly string[], git: Git): Promise<string> {
  const bases = new Set<string>()
  for (const ref of refs) {
    const base = (await git(['merge-base', 'HEAD', ref], [0, 1])).trim()
    if (base !== '') bases.add(base)
  }
  const counted = await Promise.all(
    [...bases].map(async (sha) => ({ sha, distance: Number(await git(['rev-list', '--count', `${sha}..HEAD`])) })),
  )
  const best = counted.sort((one, other) => one.distance - other.distance)[0]
  if (best === undefined) throw new Error('no commit in common with a remote')
  return best.sha
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}

function runGit(cwd: string, args: readonly string[], codes: readonly number[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd, signal, maxBuffer: maxBytes }, (error, stdout) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number' && codes.includes(code)) resolve(stdout)
      else reject(error ?? new Error(`git ${args[0]} ended with ${code}`))
    })
  })
}
