import { version } from '../version.js'
import { type Check, findingsOf } from './finding.js'
import { findProgram, runShortly } from './programs.js'

const { ok, info, warning, problem } = findingsOf('versions')

/** The oldest Node that the program is made for. */
const oldestNode = [20, 19] as const

const timeoutMs = 5_000

/** Versions of this program and of those it works with. */
export const checkVersions: Check = async ({ env, cwd, signal }) => {
  const versionOf = async (name: string) => {
    const path = findProgram(name, env, cwd)
    if (path === undefined) return undefined
    const { code, output } = await runShortly(path, ['--version'], { env, timeoutMs, signal })
    return { path, words: code === 0 ? (output.split('\n')[0] ?? '') : 'does not tell its version' }
  }
  const [git, codex] = await Promise.all([versionOf('git'), versionOf('codex')])
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
  const node = `node ${process.versions.node} on ${process.platform} ${process.arch}`
  return [
    ok('gangway', `gangway ${version}`),
    isOld ? problem('node-old', `${node}: too old`, `install Node ${oldestNode.join('.')} or later`) : ok('node', node),
    git === undefined
      ? warning('git-missing', 'git is not on PATH: no branches, no diffs', 'install git')
      : ok('git', git.words, { path: git.path }),
    codex === undefined
      ? info('codex', 'codex is not on PATH; it is not needed')
      : info('codex', `${codex.words} is on PATH; it may share this Codex home`, null, { path: codex.path }),
  ]
}
