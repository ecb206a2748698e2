import type { Account, EnvironmentNeed, ImportWarning, ItemResult, Preview, PreviewFile, PreviewItem } from './wire.js'

/** How an import, or the look at one, ended. */
export type ImportStatus = 'planned' | 'completed' | 'failed' | 'nothing' | 'stale' | 'interrupted'

/** The one document that `gangway import --json` prints. */
export interface ImportDocument {
  readonly status: ImportStatus
  /** Null when there was nothing to plan, or planning failed. */
  readonly plan: {
    readonly digest: string
    readonly items: readonly PreviewItem[]
    readonly files: readonly PreviewFile[]
  } | null
  readonly account: Account
  readonly environment: readonly EnvironmentNeed[]
  readonly warnings: readonly ImportWarning[]
  /** The completed notification's `itemResults`; null when nothing has run. */
  readonly results: readonly ItemResult[] | null
  readonly importId: string | null
  /** Why it failed, or why the plan was refused. */
  readonly error: { readonly message: string } | null
}

/** What is known when the document is made. */
export interface ImportOutcome {
  readonly status: ImportStatus
  readonly preview: Preview | null
  /** Warnings of detect; the plan's own are added. */
  readonly warnings: readonly ImportWarning[]
  readonly results: readonly ItemResult[] | null
  readonly importId: string | null
  readonly error: string | null
}

/** The document for an outcome. Every member is always there. */
export function importDocument(outcome: ImportOutcome): ImportDocument {
  const { preview } = outcome
  return {
    status: outcome.status,
    plan: preview === null ? null : { digest: preview.digest, items: preview.items, files: preview.files },
    account: preview?.account ?? { facts: [], counts: { mapped: 0, rewritten: 0, dropped: 0, needsAction: 0 } },
    environment: preview?.environment ?? [],
    warnings: mergeWarnings(outcome.warnings, preview?.warnings ?? []),
    results: outcome.results,
    importId: outcome.importId,
    error: outcome.error === null ? null : { message: outcome.error },
  }
}

/** Both lists, each warning once. */
export function mergeWarnings(
  first: readonly ImportWarning[],
  second: readonly ImportWarning[],
): readonly ImportWarning[] {
  const byText = new Map<string, ImportWarning>()
  for (const warning of [...first, ...second]) byText.set(JSON.stringify(warning), warning)
  return [...byText.values()]
}
