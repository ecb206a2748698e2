import { statSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { HomeError } from './errors.js'

/** Where everything of one Codex home stands. Absolute paths; nothing need exist. */
export interface HomeLayout {
  /** The Codex home itself, `~/.codex` by default. */
  readonly root: string
  readonly configToml: string
  readonly agentsMd: string
  readonly hooksJson: string
  readonly hooksDir: string
  readonly agentsDir: string
  readonly rulesDir: string
  /** `.agents/skills` beside the Codex home, not in it. Source: reference 0.169.0. */
  readonly skillsDir: string
  /** Threads, one rollout file each, in folders by day: `sessions/YYYY/MM/DD`. */
  readonly sessionsDir: string
  /** Threads put away: the same files, in one flat folder. */
  readonly archivedSessionsDir: string
  /** Names of threads, one JSON document a line, the last one of a thread wins. */
  readonly threadNames: string
  /** What is ours alone in this home. */
  readonly gangwayDir: string
  readonly journalDir: string
  readonly locksDir: string
  /** One JSON document a line, one import a line. */
  readonly importsHistory: string
}

/** The paths of a Codex home at `root`. Touches no disk. */
export function homeLayout(root: string): HomeLayout {
  const gangwayDir = join(root, 'gangway')
  return {
    root,
    configToml: join(root, 'config.toml'),
    agentsMd: join(root, 'AGENTS.md'),
    hooksJson: join(root, 'hooks.json'),
    hooksDir: join(root, 'hooks'),
    agentsDir: join(root, 'agents'),
    rulesDir: join(root, 'rules'),
    skillsDir: join(dirname(root), '.agents', 'skills'),
    sessionsDir: join(root, 'sessions'),
    archivedSessionsDir: join(root, 'archived_sessions'),
    threadNames: join(root, 'session_index.jsonl'),
    gangwayDir,
    journalDir: join(gangwayDir, 'journal'),
    locksDir: join(gangwayDir, 'locks'),
    importsHistory: join(gangwayDir, 'imports.jsonl'),
  }
}

/** What decides where the Codex home is. */
export interface CodexHomeInput {
  readonly env: { readonly [name: string]: string | undefined }
  /** The person's home directory. Absolute. */
  readonly homeDir: string
}

/**
 * The Codex home: `CODEX_HOME` when set and not empty, else `.codex` in the person's home directory.
 *
 * Touches no disk, and the folder need not be there: see {@link checkCodexHome}.
 *
 * @throws HomeError `BAD_CODEX_HOME` for a relative path
 */
export function resolveCodexHome({ env, homeDir }: CodexHomeInput): string {
  const given = env.CODEX_HOME
  if (given === undefined || given === '') return join(homeDir, '.codex')
  if (!isAbsolute(given)) throw new HomeError('BAD_CODEX_HOME', `CODEX_HOME must be an absolute path, got "${given}"`)
  return withoutTrailingSlash(normalize(given))
}

/**
 * What is wrong with `CODEX_HOME` as it is, in words to show, or undefined. Reads the disk (one look), writes nothing.
 *
 * A missing `CODEX_HOME` folder is wrong only when it was named: the default is made when needed.
 */
export function checkCodexHome(input: CodexHomeInput): string | undefined {
  const root = resolveCodexHome(input)
  const stats = statSync(root, { throwIfNoEntry: false })
  if (stats?.isDirectory()) return undefined
  if (stats) return `CODEX_HOME points to "${root}", but that path is not a directory`
  return input.env.CODEX_HOME ? `CODEX_HOME points to "${root}", but that path does not exist` : undefined
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && /[\\/]$/.test(path) && dirname(path) !== path ? path.slice(0, -1) : path
}
