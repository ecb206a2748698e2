import { RpcError, rpcCodes } from '@gangway/protocol'
import type { TargetView } from './kind.js'
import { isTable } from './merge-patch.js'
import { TargetSide } from './target-view.js'
import type { MigrationItem } from './wire.js'

/**
 * Whether the person has switched on that memories are brought over: `features.external_agent_memory_import` of the Codex
 * home's configuration. A configuration that cannot be read switches on nothing.
 * Source: reference 0.169.0, whose feature for this is off by default.
 */
export function bringsMemories(configToml: string, view: TargetView = new TargetSide().viewFor('MEMORY')): boolean {
  try {
    const features = view.toml(configToml)?.features
    return isTable(features) && features.external_agent_memory_import === true
  } catch {
    return false
  }
}

/** @throws RpcError -32600 when memories are asked for and not switched on, or none is chosen. Source: reference 0.169.0 */
export function assertMemories(items: readonly MigrationItem[], configToml: string): void {
  const asked = items.filter(({ itemType }) => itemType === 'MEMORY')
  if (asked.length === 0) return
  if (!bringsMemories(configToml)) {
    throw new RpcError(rpcCodes.invalidRequest, 'external agent memory import is disabled')
  }
  if (asked.some(({ details }) => (details?.memory ?? []).length === 0)) {
    throw new RpcError(rpcCodes.invalidRequest, 'memory import requires at least one selected memory')
  }
}

/** Items in the reference's order: what is found of conversations after the rest of the home, memories last of all. */
export function inDetectOrder(
  items: readonly MigrationItem[],
  sessions: MigrationItem | undefined,
): readonly MigrationItem[] {
  const others = items.filter(({ itemType }) => itemType !== 'MEMORY')
  return [
    ...others.filter(({ cwd }) => cwd === null),
    ...(sessions ? [sessions] : []),
    ...others.filter(({ cwd }) => cwd !== null),
    ...items.filter(({ itemType }) => itemType === 'MEMORY'),
  ]
}
