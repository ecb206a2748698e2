import type { Artifact, Place } from './artifact.js'
import type { ImportProblem } from './fact.js'
import type { SessionSource } from './session-source.js'
import type { SourceFiles } from './source-files.js'
import type { SourceWords } from './words.js'

/** What reading one kind of thing at one place gave. */
export interface ReadResult<A extends Artifact = Artifact> {
  /** In the order the reference processes them (see each reader). */
  readonly artifacts: readonly A[]
  /**
   * Set when the kind as a whole cannot be read here (settings.json is not JSON): the import of this item cannot be done.
   * Detect turns it into a warning.
   */
  readonly problem?: ImportProblem
  /** Smaller troubles: repaired or left out, the rest goes on. */
  readonly warnings: readonly ImportProblem[]
}

/** Reads one kind of thing of one agent. Reads only; never throws for what a file holds. */
export interface Reader<A extends Artifact = Artifact> {
  readonly itemType: A['itemType']
  /** What the item's description calls its source, e.g. the path of settings.json or of the skills folder. */
  describe(place: Place, files: SourceFiles): string
  /**
   * `depth: 'names'` reads only as much as detect needs (names, and what decides whether there is a thing to offer; facts may be empty);
   * `'full'` reads everything and lists every fact.
   */
  read(place: Place, files: SourceFiles, depth: 'names' | 'full'): ReadResult<A>
}

/** Another agent. Knows nothing of the target. */
export interface Source {
  /** Kebab-case, e.g. `claude-code`. */
  readonly id: string
  readonly displayName: string
  /** Spellings accepted as `migrationSource`, lower case. */
  readonly migrationSources: readonly string[]
  /** The agent's folder for a home or a repository root. `env` may move the home one. */
  configDir(kind: 'home' | 'repo', root: string, env: { readonly [name: string]: string | undefined }): string
  /** How the agent and its things are called in prose. */
  readonly words: SourceWords
  readonly readers: readonly Reader[]
  /** Loads what reads its conversations; absent where they cannot be read. */
  readonly sessions?: () => Promise<SessionSource>
  /** The folder below the agent's own that holds conversations: while it is missing, nothing of `sessions` is loaded. */
  readonly sessionsFolder?: string
}
