import type { SandboxMode } from '@gangway/protocol'

/** What is to be reviewed. */
export type ReviewChoice =
  | { readonly type: 'uncommittedChanges' }
  | { readonly type: 'baseBranch'; readonly branch: string }
  | { readonly type: 'commit'; readonly sha: string; readonly title: string | null }
  /** With the prompt as instructions. */
  | { readonly type: 'custom' }

/** Which thread is worked in, and how it is found. */
export type ExecCommand =
  | { readonly type: 'new' }
  /** `session`: an id or a name; undefined for the newest one, of the folder or, with `anywhere`, of all. */
  | { readonly type: 'resume'; readonly session: string | undefined; readonly anywhere: boolean }
  | { readonly type: 'fork'; readonly session: string }
  | { readonly type: 'review'; readonly choice: ReviewChoice }

/** What `gangway exec` was asked to do. Paths are as they were written. */
export interface ExecRequest {
  readonly command: ExecCommand
  /** `-`: from standard input. Undefined: none was written. */
  readonly prompt: string | undefined
  readonly json: boolean
  readonly model: string | undefined
  readonly sandbox: SandboxMode | undefined
  readonly cd: string | undefined
  readonly addDirs: readonly string[]
  readonly images: readonly string[]
  /** By dotted key: `-c`, `--enable`, `--disable` and what other options mean. */
  readonly config: { readonly [dottedKey: string]: unknown }
  readonly profile: string | undefined
  readonly outputSchema: string | undefined
  readonly outputLastMessage: string | undefined
  readonly ephemeral: boolean
  readonly skipGitRepoCheck: boolean
  readonly trust: boolean
  readonly ignoreUserConfig: boolean
  readonly ignoreRules: boolean
  readonly strictConfig: boolean
  readonly color: 'always' | 'never' | 'auto'
  readonly bypass: boolean
  readonly oss: boolean
  readonly localProvider: string | undefined
  readonly threadSource: string | undefined
  readonly remote: string | undefined
  readonly remoteAuthTokenEnv: string | undefined
  readonly wsTokenFile: string | undefined
  readonly codexHome: string | undefined
}
