import type { MigrationItemType } from '@gangway/protocol'

/**
 * One statement found in a source: `settings.json#/permissions/allow/2`, a front matter key, the body of a command, a file of a skill.
 *
 * The source reader lists every statement of what it reads; a kind gives each of them exactly one fate. Facts in = fates out.
 */
export interface Fact {
  /** Unique within one plan: `<scope>:<path below the scope's root>#<pointer>`, e.g. `home:.claude/settings.json#/env/FOO`. */
  readonly id: string
  /** Absolute path of the file that states it. */
  readonly file: string
  /** Where in the file: a JSON pointer, `frontmatter/<key>`, `body`, or `''` for the whole file. */
  readonly pointer: string
}

/** Why a fact did not arrive as it was. `code` is stable and kebab-case; `message` is for people and names the value. */
export interface FateReason {
  readonly code: string
  readonly message: string
}

/** Where a fact ended: as it was, in other words, nowhere, or only with the person's help. */
export type FactFate =
  | { readonly fact: Fact; readonly fate: 'mapped'; readonly reason?: FateReason; readonly target?: string }
  | { readonly fact: Fact; readonly fate: 'rewritten'; readonly reason: FateReason; readonly target?: string }
  | { readonly fact: Fact; readonly fate: 'dropped'; readonly reason: FateReason }
  | { readonly fact: Fact; readonly fate: 'needs-action'; readonly reason: FateReason; readonly action: string }

/** Something that went wrong while reading or planning one artifact or one whole item. Wire: a failure record. */
export interface ImportProblem {
  readonly itemType: MigrationItemType
  /** Reference's catch-all strings, e.g. `external_agent_config_import_error`, `invalid_existing_config`. */
  readonly errorType: string | null
  /** Ours, finer: `invalid_source_json`, `invalid_utf8`, `target_not_directory`, `permission_denied`, `too_large`, `name_not_found`, … */
  readonly subErrorType: string
  /** Reference: `import_request_failed` for everything that is neither plugin, memory nor session. */
  readonly failureStage: string
  readonly message: string
  /** Absolute path of the file at fault, or null. */
  readonly source: string | null
  readonly line?: number
  readonly column?: number
}
