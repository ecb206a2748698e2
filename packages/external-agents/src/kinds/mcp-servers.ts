import type { Table } from '@gangway/home'
import type { McpServerArtifact } from '../artifact.js'
import { compareBytes } from '../byte-order.js'
import type { FateReason, ImportProblem } from '../fact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { isTable } from '../merge-patch.js'
import { keyText } from './config-draft.js'
import { allDropped, dropped, FateList, mapped, needsAction } from './fate-list.js'
import { planMembers } from './mcp-servers-members.js'
import { toolLimits } from './mcp-servers-permissions.js'
import type { ServerDraft } from './mcp-servers-values.js'
import { planUnusable, refuseBlocked } from './named-plan.js'

/**
 * Tool servers into `[mcp_servers]` of `config.toml`, in byte order. A server of the same name is never touched, unless the
 * person says so. Source: reference 0.169.0, import-artifacts 3.
 */
export const mcpServersKind: Kind<McpServerArtifact> = {
  itemType: 'MCP_SERVER_CONFIG',

  describe: (sourceWords, target) => `Migrate MCP servers from ${sourceWords} into ${target.configToml}`,

  offer(artifacts, target, view, words) {
    const options: PlanOptions = { onConflict: 'default', copySecrets: false, words }
    return planAll(artifacts, target, view, options).flatMap((plan) =>
      (plan.outcome.type === 'change' || plan.outcome.type === 'failed') && plan.name !== null ? [plan.name] : [],
    )
  },

  plan: planAll,
}

function planAll(
  artifacts: readonly McpServerArtifact[],
  target: Target,
  view: TargetView,
  options: PlanOptions,
): readonly PlannedArtifact[] {
  const existing = view.toml(target.configToml)
  const sorted = [...artifacts].sort((a, b) => compareBytes(a.name, b.name))
  const taken = new Set([...Object.keys(serversOf(existing) ?? {}), ...sorted.map((artifact) => artifact.name)])
  const plans = sorted.map((artifact) => planServer(artifact, existing, taken, target, options))
  if (plans.some((plan) => plan.outcome.type === 'change')) refuseBlocked(target.configToml, view, 'MCP_SERVER_CONFIG')
  return plans
}

function planServer(
  artifact: McpServerArtifact,
  existing: Table | undefined,
  taken: Set<string>,
  target: Target,
  options: PlanOptions,
): PlannedArtifact {
  const plan = planAs(artifact.name, artifact, existing, target, options)
  if (options.onConflict !== 'rename' || !isInTheWay(plan)) return plan
  for (let count = 2; ; count += 1) {
    const name = `${artifact.name}-${count}`
    const isThere = serverOf(existing, name) !== undefined
    if (!isThere && taken.has(name)) continue
    const renamed = planAs(name, artifact, existing, target, options)
    if (isThere && isInTheWay(renamed)) continue
    taken.add(name)
    return renamed
  }
}

function planAs(
  name: string,
  artifact: McpServerArtifact,
  existing: Table | undefined,
  target: Target,
  options: PlanOptions,
): PlannedArtifact {
  const wanted = { name: artifact.name, path: target.configToml }
  const unusable = planUnusable(withNameProblem(artifact), wanted)
  if (unusable !== undefined) return unusable
  const unreachable = transportReason(artifact)
  if (unreachable !== undefined) return skipped(artifact, target, unreachable.reason, unreachable.action)
  if (existing?.mcp_servers !== undefined && serversOf(existing) === undefined) {
    return skipped(artifact, target, {
      code: 'target-type-conflict',
      message: 'mcp_servers is not a table in the target',
    })
  }

  const fates = new FateList()
  const draft = emptyDraft(name, fates, target, options)
  const obstacle = planMembers(artifact, draft)
  if (obstacle !== undefined) return skipped(artifact, target, obstacle.reason, obstacle.action)
  fates.add(mapped(artifact.fact, draft.targetOf('')))
  if (!/^[A-Za-z0-9_:@/.-]+$/.test(name)) {
    const message = `Codex lists the server ${JSON.stringify(name)} and does not start it: a name may hold letters, digits and _ : @ / . -`
    fates.add(needsAction(artifact.fact, { code: 'name-does-not-start', message }, 'rename it in config.toml'))
  }
  for (const fact of artifact.shadowed) {
    fates.add(
      dropped(fact, {
        code: 'overridden',
        message: `${artifact.path} states ${artifact.name} otherwise, and counts more`,
      }),
    )
  }
  applyLimits(artifact, draft)

  const there = serverOf(existing, name)
  const plan = {
    ...recordOf(artifact, name, target),
    fates: fates.of(artifact.facts),
    environment: [...draft.environment],
  }
  if (there === undefined) return { ...plan, outcome: change(name, draft.table, target) }
  if (equal(there, draft.table)) return { ...plan, outcome: { type: 'nothing' } }
  if (options.onConflict === 'overwrite') return { ...plan, outcome: change(name, over(there, draft.table), target) }
  return existsAlready(artifact, target)
}

/** Why a server is skipped when another one of its name is there. */
const IN_THE_WAY = 'target-exists'

function isInTheWay({ outcome }: PlannedArtifact): boolean {
  return outcome.type === 'skipped' && outcome.reason.code === IN_THE_WAY
}

function serversOf(existing: Table | undefined): Table | undefined {
  const servers = existing?.mcp_servers
  return isTable(servers) ? servers : undefined
}

function serverOf(existing: Table | undefined, name: string): unknown {
  const servers = serversOf(existing)
  return servers !== undefined && Object.hasOwn(servers, name) ? servers[name] : undefined
}

/** Names that a configuration cannot hold safely, or that are none. */
function withNameProblem(artifact: McpServerArtifact): McpServerArtifact {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what makes a name hostile
  if (artifact.name.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029[\]\p{Surrogate}]/u.test(artifact.name))
    return artifact
  const problem: ImportProblem = {
    itemType: 'MCP_SERVER_CONFIG',
    errorType: 'external_agent_config_import_error',
    subErrorType: 'invalid_name',
    failureStage: 'import_request_failed',
    message: `${JSON.stringify(artifact.name)} cannot be the name of an MCP server (${artifact.path})`,
    source: artifact.path,
  }
  return { ...artifact, problem }
}

function transportReason(artifact: McpServerArtifact): { reason: FateReason; action?: string } | undefined {
  switch (artifact.transport) {
    case 'stdio':
    case 'http':
      return undefined
    case 'sse':
      return {
        reason: {
          code: 'transport-sse',
          message: `${artifact.name} speaks SSE; the target speaks streamable HTTP only`,
        },
        action: `if the server has a streamable HTTP address, run: codex mcp add ${artifact.name} --url URL`,
      }
    case 'ws':
      return {
        reason: { code: 'transport-ws', message: `${artifact.name} speaks WebSocket, which the target does not` },
      }
    case 'unknown':
      return {
        reason: {
          code: 'no-transport',
          message: `${artifact.name} has neither a command nor a URL that fits its type`,
        },
      }
    default:
      return artifact.transport satisfies never
  }
}

function emptyDraft(name: string, fates: FateList, target: Target, options: PlanOptions): ServerDraft {
  const at = `${target.configToml}#mcp_servers.${keyText(name)}`
  return {
    server: name,
    table: Object.create(null) as { [key: string]: unknown },
    environment: new Set(),
    fates,
    target,
    options,
    targetOf: (key) => (key === '' ? at : `${at}.${key}`),
  }
}

function applyLimits(artifact: McpServerArtifact, draft: ServerDraft): void {
  const limits = toolLimits(artifact, draft.fates, draft.targetOf)
  const { table } = draft
  if (!artifact.enabled || limits.off) table.enabled = false
  const disabled = [...((table.disabled_tools as readonly string[] | undefined) ?? []), ...limits.disabledTools]
  if (disabled.length > 0) table.disabled_tools = [...new Set(disabled)]
  if (limits.defaultMode !== undefined) table.default_tools_approval_mode = limits.defaultMode
  const tools = (table.tools ?? Object.create(null)) as { [tool: string]: unknown }
  for (const [tool, mode] of limits.toolModes) tools[tool] = { approval_mode: mode }
  if (limits.defaultMode === 'prompt') {
    for (const tool of Object.keys(tools)) if (limits.toolModes.get(tool) !== 'prompt') delete tools[tool]
  }
  for (const tool of limits.disabledTools) delete tools[tool]
  if (Object.keys(tools).length > 0) table.tools = tools
  else delete table.tools
}

function recordOf(artifact: McpServerArtifact, name: string, target: Target) {
  return {
    itemType: artifact.itemType,
    name: artifact.name,
    source: artifact.name,
    target: name,
    sourcePath: artifact.path,
    targetPath: target.configToml,
  }
}

function change(name: string, table: Table, target: Target): PlannedArtifact['outcome'] {
  const servers: { [name: string]: unknown } = Object.create(null) as { [name: string]: unknown }
  servers[name] = table
  return { type: 'change', changes: [{ type: 'mergeToml', path: target.configToml, patch: { mcp_servers: servers } }] }
}

/** `table` as a merge patch that leaves nothing of what was there. */
function over(there: unknown, table: Table): Table {
  if (!isTable(there)) return table
  const gone = Object.keys(there).filter((key) => !Object.hasOwn(table, key))
  const merged = Object.entries(table).map(([key, value]) => {
    const before = there[key]
    return [key, isTable(value) && isTable(before) ? over(before, value) : value] as const
  })
  return Object.fromEntries([...merged, ...gone.map((key) => [key, null] as const)])
}

/** Not brought over: the server's own fact says what to do, if anything; a lost limit is moot without the server. */
function skipped(artifact: McpServerArtifact, target: Target, reason: FateReason, action?: string): PlannedArtifact {
  const fates = new FateList()
  for (const fact of artifact.facts) fates.add(dropped(fact, reason))
  if (action !== undefined) fates.add(needsAction(artifact.fact, reason, action))
  return {
    ...recordOf(artifact, artifact.name, target),
    outcome: { type: 'skipped', reason },
    fates: fates.of(artifact.facts),
    environment: [],
  }
}

/** Another server of that name stays as it is, so limits of the source do not hold for it. */
function existsAlready(artifact: McpServerArtifact, target: Target): PlannedArtifact {
  const reason = {
    code: IN_THE_WAY,
    message: `${target.configToml} has a server ${artifact.name} of its own, which stays`,
  }
  const fates = new FateList()
  for (const { fact, ...rest } of allDropped(artifact.facts, reason))
    if (rest.fate === 'dropped') fates.add(dropped(fact, reason))
  for (const { effect, tool, fact } of artifact.permissions) {
    if (effect === 'allow' || fact === undefined) continue
    const message = `${effect} for ${tool ?? 'all tools'} of ${artifact.name} is not added to the server that is there`
    fates.add(
      needsAction(
        fact,
        { code: 'limit-not-kept', message },
        `set the limit at mcp_servers.${keyText(artifact.name)} in config.toml`,
      ),
    )
  }
  return {
    ...recordOf(artifact, artifact.name, target),
    outcome: { type: 'skipped', reason },
    fates: fates.of(artifact.facts),
    environment: [],
  }
}

function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => equal(entry, b[index]))
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a)
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  }
  return a === b || (typeof a === 'bigint' && Number(a) === b) || (typeof b === 'bigint' && Number(b) === a)
}
