import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HomeLayout } from '@gangway/home'
import { listJournals } from '@gangway/home/editing'
import { type MigrationItemType, RpcError, rpcCodes } from '@gangway/protocol'
import { readHistories } from '../history.js'
import type { ImportHistory, SuccessRecord, VerifiedItem, VerifyCheck, VerifyParams, VerifyResult } from '../wire.js'
import { broken, type VerifyKind } from './check.js'
import { wordsOf } from './read-documents.js'
import {
  verifyConfig,
  verifyInstructions,
  verifyPresence,
  verifySkill,
  verifySubagent,
  verifyThread,
} from './verify-documents.js'
import { verifyHooks } from './verify-hooks.js'
import { verifyPlugin } from './verify-plugins.js'
import { verifyServer } from './verify-servers.js'

/** What a verification works with. */
export interface VerifyOptions {
  readonly layout: HomeLayout
  readonly env: { readonly [name: string]: string | undefined }
  readonly signal?: AbortSignal
}

const kinds: { readonly [itemType in MigrationItemType]: VerifyKind } = {
  CONFIG: verifyConfig,
  MCP_SERVER_CONFIG: verifyServer,
  HOOKS: verifyHooks,
  SKILLS: verifySkill,
  COMMANDS: verifySkill,
  SUBAGENTS: verifySubagent,
  AGENTS_MD: verifyInstructions,
  PLUGINS: verifyPlugin,
  MEMORY: verifyPresence,
  SESSIONS: verifyThread,
}

/** How long to look, in milliseconds, before others get a turn. */
const sliceMs = 8

/**
 * Looks at everything that an import brought, or that all imports did which were not undone: whether it is there, has the
 * right form, and names programs that are there. Writes nothing; starts servers only when asked.
 *
 * @throws RpcError -32600 for an id that no history has
 */
export async function verifyImport(
  params: VerifyParams,
  { layout, env, signal }: VerifyOptions,
): Promise<VerifyResult> {
  const items: VerifiedItem[] = []
  const counts = { verified: 0, warning: 0, broken: 0 }
  const context = { env, startServers: params.startServers === true, ...(signal && { signal }) }
  let sliceStarted = performance.now()
  for (const { itemType, success, name, path } of things(historiesOf(params.importId ?? null, layout))) {
    const checks = path === null ? [] : await look(kinds[itemType], { name, path }, context)
    const status = worst(checks)
    counts[status]++
    items.push({ itemType, name, cwd: success.cwd ?? null, path, status, checks: [...checks] })
    if (performance.now() - sliceStarted < sliceMs) continue
    await nextTurn()
    sliceStarted = performance.now()
  }
  return { importId: params.importId ?? null, counts, items }
}

async function look(kind: VerifyKind, ...args: Parameters<VerifyKind>): Promise<readonly VerifyCheck[]> {
  try {
    return await kind(...args)
  } catch (error) {
    return [broken('unreadable', wordsOf(error), 'make it readable, or import it again', args[0].path)]
  }
}

function historiesOf(importId: string | null, layout: HomeLayout): readonly ImportHistory[] {
  const { data } = readHistories(layout)
  if (importId === null) {
    const undone = new Set(listJournals(layout).flatMap(({ id, state }) => (state === 'undone' ? [id] : [])))
    return data.filter((entry) => !undone.has(entry.importId))
  }
  const found = data.filter((entry) => entry.importId === importId)
  if (found.length > 0) return found
  throw new RpcError(rpcCodes.invalidRequest, `no import ${JSON.stringify(importId)} has ended in this home`)
}

interface Thing {
  readonly itemType: MigrationItemType
  readonly success: SuccessRecord
  readonly name: string
  readonly path: string | null
}

/** Each thing once, by item type, those of the latest import first. */
function things(histories: readonly ImportHistory[]): readonly Thing[] {
  const found = new Map<string, Thing>()
  for (const success of histories.flatMap(({ successes }) => successes)) {
    const { itemType } = success
    const path = success.targetPath ?? null
    const name = success.title ?? success.target ?? success.source ?? ''
    const key = `${itemType} ${path} ${success.target}`
    if (!found.has(key)) found.set(key, { itemType, success, name, path })
  }
  const order = Object.keys(kinds)
  return [...found.values()].sort((a, b) => order.indexOf(a.itemType) - order.indexOf(b.itemType))
}

function worst(checks: readonly VerifyCheck[]): VerifiedItem['status'] {
  if (checks.some(({ status }) => status === 'broken')) return 'broken'
  return checks.some(({ status }) => status === 'warning') ? 'warning' : 'verified'
}
