import type { VerifyCheck } from '../wire.js'

/** What a look at one thing needs to know. */
export interface VerifyContext {
  readonly env: { readonly [name: string]: string | undefined }
  readonly startServers: boolean
  /** Ends what was started. */
  readonly signal?: AbortSignal
}

/** One thing to look at. */
export interface VerifyTarget {
  readonly name: string
  /** Where it was written to. */
  readonly path: string
}

/** Looks at one thing. Writes nothing; never throws for what it finds. */
export type VerifyKind = (target: VerifyTarget, context: VerifyContext) => Promise<readonly VerifyCheck[]>

/** Something that keeps a thing from working. */
export function broken(code: string, message: string, action: string | null, path: string | null = null): VerifyCheck {
  return { code, status: 'broken', message, action, path }
}

/** Something that may keep a thing from working. */
export function warning(code: string, message: string, action: string | null, path: string | null = null): VerifyCheck {
  return { code, status: 'warning', message, action, path }
}
