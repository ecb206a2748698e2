/** Whose things, brought where. */
export interface ImportsOptions {
  /** Absolute path of the Codex home. */
  readonly codexHome: string
  /** For `HOME`, `USERPROFILE` and the other agents' own variables such as `CLAUDE_CONFIG_DIR`. */
  readonly env: { readonly [name: string]: string | undefined }
  /** What relative `cwd`s are resolved against. Absolute. */
  readonly cwd: string
  /** Of the program that imports: stands in the threads that conversations become. Default: this package's. */
  readonly version?: string
  /** Whether a thread is open in this server, so that only it may write there. Default: none is. */
  readonly isThreadLoaded?: (threadId: string) => boolean
  /** How long fetching one marketplace or plugin may take, in milliseconds. Default: two minutes. */
  readonly gitTimeoutMs?: number
  /** Hears of what failed beside the work, such as a history that cannot be written. Default: nobody. */
  readonly onTrouble?: (error: unknown) => void
}
