/** What a path of the other agent stands for, without a word of the target. */
type KnownPlace = 'instructions' | 'settings' | 'skills' | 'commands' | 'subagents' | 'hooks'

/** A path people write in prose. */
export interface KnownPath {
  /** As written, e.g. `~/.claude/CLAUDE.md` or `.claude/skills`; `/` between parts, no slash at the end. */
  readonly written: string
  readonly place: KnownPlace
  /** `home` for paths that start with `~/`. */
  readonly scope: 'home' | 'repo'
  /** `exact`: the path itself. `folder`: also everything below it. */
  readonly covers: 'exact' | 'folder'
}

/** How another agent and its things are called in prose. Each source brings its own; rewriting knows only these. */
export interface SourceWords {
  /** Names of the agent, lower case (or as written, when case counts), longest first. A space stands for one or more blanks. */
  readonly agentNames: readonly string[]
  /** The agent is meant only where its name is written as above: in lower case it is a word like others. */
  readonly isCaseSensitive?: boolean
  /** Names of its document of instructions, e.g. `CLAUDE.md`; case does not matter. */
  readonly documentNames: readonly string[]
  /** Words that make another product out of the name before them: `desktop`, `api`; with a capital only when written so: `Max`. */
  readonly otherProducts: readonly string[]
  /** Makers whose name before the agent's means their model: `anthropic`. Lower case. */
  readonly vendors: readonly string[]
  /** Lower-case words that make a command line out of the lower-case name before them: `mcp add`, `doctor`, … */
  readonly commandWords: readonly string[]
  readonly knownPaths: readonly KnownPath[]
}
