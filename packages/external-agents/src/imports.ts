import type {
  DetectParams,
  DetectResult,
  HistoriesResult,
  ImportCompleted,
  ImportParams,
  ImportProgress,
  PreviewParams,
  PreviewResult,
  RecordHistoryParams,
} from './wire.js'

/** Whose things, brought where. */
export interface ImportsOptions {
  /** Absolute path of the Codex home. */
  readonly codexHome: string
  /** For `HOME`, `USERPROFILE` and the other agents' own variables such as `CLAUDE_CONFIG_DIR`. */
  readonly env: { readonly [name: string]: string | undefined }
  /** What relative `cwd`s are resolved against. Absolute. */
  readonly cwd: string
}

/** Who hears of an import. Neither is called before the promise of `import` has resolved and its answer could be sent. */
export interface ImportListener {
  /** The caller asked for experimental methods and fields. */
  readonly experimental: boolean
  /** Once per request item, in request order. */
  onProgress(progress: ImportProgress): void
  /** Exactly once per import that was answered, when everything is done. */
  onCompleted(completed: ImportCompleted): void
}

/**
 * Everything `externalAgentConfig/*` does, for one Codex home: what a server calls.
 *
 * Failures the wire shows as a number are `RpcError`s. Imports run one after the other, each seeing what the one before
 * has written.
 */
export class ExternalAgentImports {
  constructor(readonly options: ImportsOptions) {}

  /** What could be brought over now. Reads only. Never fails for what a file holds: such a file is a warning. */
  detect(_params: DetectParams, _options?: { readonly experimental?: boolean }): Promise<DetectResult> {
    return Promise.reject(new Error('not built yet'))
  }

  /** The plan for some items, to be shown and approved. Writes nothing. */
  preview(_params: PreviewParams): Promise<PreviewResult> {
    return Promise.reject(new Error('not built yet'))
  }

  /**
   * Plans, answers with the import's id, then writes and reports to `listener`.
   *
   * @throws RpcError -32603 when an item cannot be done at all (`failureMode: 'request'`), -32600 for a stale
   * `planDigest` (`data.reason` is `stalePlan`) or an unknown source; nothing is written then, and no completion follows.
   */
  import(_params: ImportParams, _listener: ImportListener): Promise<{ importId: string }> {
    return Promise.reject(new Error('not built yet'))
  }

  /** Every import of this home that has ended, newest first. */
  readHistories(): Promise<HistoriesResult> {
    return Promise.reject(new Error('not built yet'))
  }

  /** Adds an import made elsewhere to the history. @throws RpcError -32600 naming the field that is wrong */
  recordHistory(_params: RecordHistoryParams): Promise<{ importId: string }> {
    return Promise.reject(new Error('not built yet'))
  }

  /** Lets what runs finish within `graceMs` (3 000), then stops it between two changes; its completion still goes out. Idempotent. */
  close(_options?: { readonly graceMs?: number }): Promise<void> {
    return Promise.resolve()
  }
}
