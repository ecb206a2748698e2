import type { MethodState, Stability } from './row.js'

type Row = MethodState & { readonly stability: Stability }

/** A stable method that a later version serves. */
export const stable: Row = { stability: 'stable', state: 'notYet' }

/** An experimental method that a later version serves. */
export const experimental: Row = { stability: 'experimental', state: 'notYet' }

/** A stable method that we do not serve: `M is not supported: it ` goes before `reason`. */
export function stableRefused(reason: string): Row {
  return { stability: 'stable', state: 'refused', reason }
}

/** An experimental method that we do not serve. */
export function experimentalRefused(reason: string): Row {
  return { stability: 'experimental', state: 'refused', reason }
}

/** Why what only the vendor can answer is refused. */
export const CLOUD = 'needs the vendor’s cloud'
