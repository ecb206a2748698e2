import { RpcError, rpcCodes } from '@gangway/protocol'
import type { ImportPlan } from './import-plan.js'
import { failureRecord } from './problems.js'

/** @throws RpcError -32600 with the new digest when the plan is not the one that was shown */
export function assertFresh(digest: string, expected: string): void {
  if (digest === expected) return
  const message = 'import plan is stale: the files it was made from, or those it would change, are no longer the same'
  throw new RpcError(rpcCodes.invalidRequest, message, { reason: 'stalePlan', digest })
}

/** What a server that closes answers to new work, and ends running work with. */
export function closed(): RpcError {
  return new RpcError(rpcCodes.internalError, 'the server is closing')
}

/** @throws RpcError -32603 with the message of the first item that cannot be done at all */
export function assertPossible(plan: ImportPlan): void {
  const failures = plan.items.flatMap(({ item, impossible }) =>
    impossible ? [failureRecord(impossible, item.cwd ?? null)] : [],
  )
  const [first] = failures
  if (first) throw new RpcError(rpcCodes.internalError, first.message, { reason: 'importFailed', failures })
}

/** What was thrown, as what the wire has for it. */
export function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new RpcError(rpcCodes.internalError, message, undefined, { cause: error })
}
