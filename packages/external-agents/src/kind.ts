import type { Change, Table, TreeFile } from '@gangway/home'
import type { MigrationItemType } from '@gangway/protocol'
import type { Artifact, MarketplacePlace, Place } from './artifact.js'
import type { FactFate, ImportProblem } from './fact.js'
import type { SourceWords } from './words.js'

/** What to do when the target is already there. `default`: merge where the format allows it, else skip with a reason. */
export type ConflictPolicy = 'default' | 'skip' | 'merge' | 'rename' | 'overwrite'

export interface PlanOptions {
  readonly onConflict: ConflictPolicy
  /** Copy literal secrets instead of turning them into environment references. */
  readonly copySecrets: boolean
  /** How the agent that the artifacts come from is called: for `rewriteProse` and `mapKnownPaths`. */
  readonly words: SourceWords
}

/** Where things go for one place. Absolute paths; nothing need exist. Source: reference 0.169.0, import-artifacts 1.3. */
export interface Target {
  readonly codexHome: string
  /** `$C` or `$R/.codex`. */
  readonly configDir: string
  readonly configToml: string
  readonly hooksJson: string
  readonly hooksDir: string
  /** `<parent of $C>/.agents/skills` or `$R/.agents/skills`. */
  readonly skillsDir: string
  readonly agentsDir: string
  readonly agentsMd: string
  readonly rulesDir: string
  readonly place: Place
}

/** What is on the target side now. Reads only, each file at most once per plan. */
export interface TargetView {
  /** `undefined` when missing; throws `ImportFailure` with line and column when it does not parse. */
  toml(path: string): Table | undefined
  json(path: string): Table | undefined
  text(path: string): string | undefined
  kindOf(path: string): 'file' | 'directory' | 'other' | 'missing'
  /** SHA-256 (hex) of the file's bytes, as `WriteFile.replaces` wants it; undefined when there is no file. */
  digest(path: string): string | undefined
  /** There is a file at `path` with exactly the bytes that copying `file` there would give. Modes do not count. */
  holds(path: string, file: Pick<TreeFile, 'source' | 'content'>): boolean
  /** Names directly below a folder; empty when missing. */
  names(path: string): ReadonlySet<string>
  /** Why nothing can be made at `path` (a parent is a file, or not writable), or undefined. Never writes. */
  blockedBecause(path: string): ImportProblem | undefined
}

/** A plugin whose files, or whose marketplace, are in a repository. */
export interface LaterFetch {
  readonly plugin: string
  /** As the source calls it; its manifest may say otherwise. */
  readonly marketplace: string
  readonly from: MarketplacePlace
}

/** What will become of one artifact. */
export interface PlannedArtifact {
  readonly itemType: MigrationItemType
  /** Name in the target, by which `details` select: skill folder, `source-command-…`, server, event, agent's display name; null for CONFIG and AGENTS_MD. */
  readonly name: string | null
  /** `source` and `target` of the wire's success record: paths for CONFIG and AGENTS_MD, else the name twice. */
  readonly source: string
  readonly target: string
  readonly sourcePath: string
  readonly targetPath: string
  readonly outcome:
    | { readonly type: 'change'; readonly changes: readonly Change[] }
    /** Everything is already there. */
    | { readonly type: 'nothing' }
    | {
        readonly type: 'skipped'
        readonly reason: { readonly code: string; readonly message: string }
        /** Somebody who asks for it by name is told that it failed. */
        readonly whenChosen?: ImportProblem
      }
    /** Must be fetched first, which is done after the answer. */
    | { readonly type: 'later'; readonly fetch: LaterFetch }
    | { readonly type: 'failed'; readonly problem: ImportProblem }
  /** One per fact of the artifact. */
  readonly fates: readonly FactFate[]
  /** Names of environment variables the person must export for it to work. */
  readonly environment: readonly string[]
}

/** One kind of thing that can move over. Knows nothing of agents. */
export interface Kind<A extends Artifact = Artifact> {
  readonly itemType: A['itemType']
  /** The item's `description`, in the reference's words so that its surfaces show it. */
  describe(sourceWords: string, target: Target, names: readonly string[]): string
  /**
   * Names that detect offers: those that would change something. Kinds without names give `['']` or `[]`.
   *
   * @throws ImportFailure when there is something to offer and nothing can be made in the target; detect warns of it
   */
  offer(artifacts: readonly A[], target: Target, view: TargetView, words: SourceWords): readonly string[]
  /**
   * What each artifact becomes. Pure but for reads through `view`. Every fact of every artifact gets exactly one fate.
   *
   * The person may choose some of the artifacts: the changes of each must be complete by themselves. What several need (a
   * script that two hooks call, one document made of three) is listed by each of them as an equal change; it is performed
   * once, and if it fails, all who list it fail. Merges into one file are joined, they need not be equal.
   *
   * @throws ImportFailure when the item cannot be done at all (target does not parse, target folder blocked)
   */
  plan(artifacts: readonly A[], target: Target, view: TargetView, options: PlanOptions): readonly PlannedArtifact[]
}

/** Throw to say that a whole item cannot be done; carries the failure record. */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure'
  constructor(
    readonly problem: ImportProblem,
    options?: ErrorOptions,
  ) {
    super(problem.message, options)
  }
}
