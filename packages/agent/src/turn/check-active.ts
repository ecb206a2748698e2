import { RpcError, rpcCodes } from '@gangway/protocol'
import type { TurnRun } from './turn-run.js'

/** Refuses what is no longer, or not, the turn under way. Source: reference 0.169.0, for the words. */
export function checkActive(run: TurnRun | undefined, turnId: string, what: 'steer' | 'interrupt'): TurnRun {
  if (run === undefined || run.isOver) throw new RpcError(rpcCodes.invalidRequest, `no active turn to ${what}`)
  if (run.id !== turnId && !(what === 'interrupt' && turnId === '')) {
    const [expected, found] = what === 'steer' ? [`\`${turnId}\``, `\`${run.id}\``] : [turnId, run.id]
    throw new RpcError(rpcCodes.invalidRequest, `expected active turn id ${expected} but found ${found}`)
  }
  return run
}

/** Refuses words for a turn that takes none. Source: reference 0.169.0, for the data. */
export function refuseFixed({ fixedKind }: TurnRun): void {
  if (fixedKind === null) return
  const data = { codexErrorInfo: { activeTurnNotSteerable: { turnKind: fixedKind } } }
  throw new RpcError(rpcCodes.invalidRequest, `cannot steer a ${fixedKind} turn`, data)
}
