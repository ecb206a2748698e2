import type { FailureRecord, SkippedRecord, SuccessRecord } from '../../wire.js'

/** Where bringing a session over failed, in the reference's words. */
export type SessionStage = 'session_missing' | 'session_prepare' | 'session_persist' | 'session_ledger_update'

/** What became of one session of a request. */
export type SessionOutcome =
  | { readonly type: 'success'; readonly record: SuccessRecord }
  | { readonly type: 'skipped'; readonly record: SkippedRecord }
  | { readonly type: 'failure'; readonly record: FailureRecord }

/** A step that failed; carries what the wire says of it. */
export class SessionFailure extends Error {
  override readonly name = 'SessionFailure'

  constructor(
    readonly stage: SessionStage,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Why each kind of session stays where it is. `code` is the wire's reason. */
const skipReasons = {
  'already-imported': 'it came over before, and nothing has changed since',
  'already-running': 'another import is bringing it over now',
  cancelled: 'the import was stopped before its turn',
  'source-rewritten': 'its log no longer begins with what came over; the thread stays as it is',
  'nothing-new': 'its log has changed, and nothing was said or done in it since it came over',
} as const

/** A session that stays where it is. @param message default: that of the reason */
export function skipped(
  reason: string,
  path: string,
  {
    message,
    cwd = null,
    targetPath = null,
  }: { message?: string; cwd?: string | null; targetPath?: string | null } = {},
): SessionOutcome {
  const why = message ?? (skipReasons as { readonly [code: string]: string })[reason] ?? reason
  const record = {
    itemType: 'SESSIONS',
    cwd,
    source: path,
    reason,
    message: `${path}: ${why}`,
    sourcePath: path,
    targetPath,
  } as const
  return { type: 'skipped', record }
}

/** A path of a request that leads to no session. Source: reference 0.169.0, import-sessions 3 */
export function sessionMissing(path: string): SessionOutcome {
  const message = `external agent session was not detected for import: ${path}`
  return failed(path, new SessionFailure('session_missing', 'session_not_detected', message))
}

/** What was thrown while a session was brought over. */
export function failed(path: string, error: unknown): Extract<SessionOutcome, { type: 'failure' }> {
  const failure =
    error instanceof SessionFailure
      ? error
      : new SessionFailure('session_prepare', 'failed_to_prepare_session', preparing(error), { cause: error })
  const record = {
    itemType: 'SESSIONS',
    errorType: null,
    subErrorType: failure.code,
    failureStage: failure.stage,
    message: failure.message,
    cwd: null,
    source: failure.stage === 'session_ledger_update' ? null : path,
  } as const
  return { type: 'failure', record }
}

/** What was thrown, in words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function preparing(error: unknown): string {
  return `failed to prepare external agent session: ${wordsOf(error)}`
}
