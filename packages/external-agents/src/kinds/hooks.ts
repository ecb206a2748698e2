import { isDeepStrictEqual } from 'node:util'
import type { Change, Table } from '@gangway/home'
import type { HookArtifact, HookGroup } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { isTable } from '../merge-patch.js'
import { allDropped, dropped, FateList, needsAction } from './fate-list.js'
import { type HookPlaces, hookPlaces } from './hooks-command.js'
import { planHookFiles } from './hooks-files.js'
import { planHandler, type TargetHandler } from './hooks-handlers.js'
import { planMatcher } from './hooks-matcher.js'
import { planUnusable, refuseBlocked } from './named-plan.js'

/** Events the target has, in the order the reference reports them. Source: reference 0.169.0, import-artifacts 5.3. */
const EVENTS = [
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'PreCompact',
  'PostCompact',
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'SubagentStart',
  'SubagentStop',
  'Stop',
]

/** Events whose handlers can forbid what is about to happen. */
const GUARDS = new Set(['PreToolUse', 'PermissionRequest', 'UserPromptSubmit'])

/**
 * Hooks into `hooks.json`, event by event, and the files they call into the hooks folder. Handlers that are there already are
 * not added again. The target runs none of them before the person has reviewed it.
 */
export const hooksKind: Kind<HookArtifact> = {
  itemType: 'HOOKS',

  describe: (sourceWords, target) => `Migrate hooks from ${sourceWords} to ${target.hooksJson}`,

  offer(artifacts, target, view, words) {
    const options: PlanOptions = { onConflict: 'default', copySecrets: false, words }
    return planAll(artifacts, target, view, options).flatMap((plan) =>
      (plan.outcome.type === 'change' || plan.outcome.type === 'failed') && plan.name !== null ? [plan.name] : [],
    )
  },

  plan: planAll,
}

type Groups = readonly TargetGroup[]

interface TargetGroup {
  readonly matcher?: string
  readonly hooks: readonly TargetHandler[]
}

function planAll(
  artifacts: readonly HookArtifact[],
  target: Target,
  view: TargetView,
  options: PlanOptions,
): readonly PlannedArtifact[] {
  const text = view.text(target.hooksJson) ?? ''
  const existing = text.trim() === '' ? undefined : view.json(target.hooksJson)
  const places = hookPlaces(target, view)
  const plans = [...artifacts]
    .sort((a, b) => rank(a.event) - rank(b.event))
    .map((artifact) => planEvent(artifact, existing, places, target, view, options))
  if (plans.some((plan) => plan.outcome.type === 'change')) refuseBlocked(target.hooksJson, view, 'HOOKS')
  return plans
}

function rank(event: string): number {
  const index = EVENTS.indexOf(event)
  return index < 0 ? EVENTS.length : index
}

function planEvent(
  artifact: HookArtifact,
  existing: Table | undefined,
  places: HookPlaces,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): PlannedArtifact {
  const unusable = planUnusable(artifact, { name: artifact.event, path: target.hooksJson })
  if (unusable !== undefined) return unusable
  const refusal = refusalOf(artifact, existing, target, options)
  if (refusal !== undefined) return skipped(artifact, target, refusal)

  const fates = new FateList()
  const context = {
    places,
    options,
    isGuard: GUARDS.has(artifact.event),
    targetPath: `${target.hooksJson}#/hooks/${artifact.event}`,
  }
  const groups = artifact.groups.flatMap((group) => planGroup(group, artifact.event, context, fates))
  const files = planHookFiles(artifact, target, view, options)
  for (const fate of files.fates) fates.add(fate)
  if (groups.length === 0) {
    const reason = { code: 'no-handler-left', message: `no handler of ${artifact.event} can be brought over` }
    for (const { fact } of artifact.files) if (fact !== undefined) fates.add(dropped(fact, reason))
    return { ...skipped(artifact, target, reason), fates: fates.of(artifact.facts) }
  }

  const changes = [...mergeOf(artifact.event, groups, existing, target, options), ...files.changes]
  for (const change of files.changes) refuseBlocked(change.path, view, 'HOOKS')
  const outcome = changes.length > 0 ? ({ type: 'change', changes } as const) : ({ type: 'nothing' } as const)
  return { ...recordOf(artifact, target), outcome, fates: fates.of(artifact.facts), environment: [] }
}

function refusalOf(
  artifact: HookArtifact,
  existing: Table | undefined,
  target: Target,
  options: PlanOptions,
): FateReason | undefined {
  if (!EVENTS.includes(artifact.event)) {
    return { code: 'no-such-event', message: `the target has no event ${artifact.event}` }
  }
  if (existing === undefined) return undefined
  if (options.onConflict === 'skip') {
    return { code: 'target-exists', message: `${target.hooksJson} is there already, and is to be left alone` }
  }
  const { hooks } = existing
  if (hooks !== undefined && !isTable(hooks)) {
    return { code: 'target-type-conflict', message: `hooks is not a table in ${target.hooksJson}` }
  }
  const event = hooks?.[artifact.event]
  if (event !== undefined && !Array.isArray(event)) {
    return { code: 'target-type-conflict', message: `hooks.${artifact.event} is not a list in ${target.hooksJson}` }
  }
  return undefined
}

function planGroup(
  group: HookGroup,
  event: string,
  context: Parameters<typeof planHandler>[1],
  fates: FateList,
): readonly TargetGroup[] {
  const condition = group.otherMembers.find((member) => !HARMLESS_MEMBERS.has(member.key))
  for (const { key, fact } of group.otherMembers) {
    fates.add(
      dropped(fact, {
        code: 'no-counterpart',
        message: `${key === '' ? 'this group' : key} has no counterpart in a group of the target`,
      }),
    )
  }
  if (condition !== undefined) {
    const message = `the group has ${condition.key || 'a form'} that the target does not know; without it the handlers would run otherwise`
    const reason = { code: 'condition', message }
    for (const { fact } of group.handlers) fates.add(lost(fact, reason, context.isGuard))
    if (group.matcherFact !== undefined) fates.add(dropped(group.matcherFact, reason))
    return []
  }
  const matcher = planMatcher(group, event, fates)
  const hooks = group.handlers.flatMap((given) => {
    const { handler, fate } = planHandler(given, context)
    fates.add(fate)
    return handler === undefined ? [] : [handler]
  })
  return hooks.length === 0 ? [] : [{ ...(matcher === undefined ? {} : { matcher }), hooks }]
}

/** Members of a group that only describe it. */
const HARMLESS_MEMBERS = new Set(['description', 'id', 'name', '$comment'])

function lost(fact: FactFate['fact'], reason: FateReason, isGuard: boolean): FactFate {
  return isGuard
    ? needsAction(fact, reason, 'check the condition in the command itself, then add the hook')
    : dropped(fact, reason)
}

/** What is missing in the file: nothing, or groups to be appended; when overwriting, the event's list as it should be. */
function mergeOf(
  event: string,
  groups: Groups,
  existing: Table | undefined,
  target: Target,
  options: PlanOptions,
): readonly Change[] {
  const hooks = existing?.hooks
  const there = isTable(hooks) ? ((hooks[event] as readonly unknown[] | undefined) ?? []) : []
  if (options.onConflict === 'overwrite' && there.length > 0) {
    if (isDeepStrictEqual(plain(there), plain(groups))) return []
    return [{ type: 'mergeJson', path: target.hooksJson, patch: { hooks: { [event]: groups } } }]
  }
  const known = new Set(there.flatMap(handlersOf))
  const missing = groups.flatMap((group) => {
    const left = group.hooks.filter((handler) => !known.has(keyOf(group.matcher, handler.command)))
    return left.length === 0 ? [] : [{ ...group, hooks: left }]
  })
  if (missing.length === 0) return []
  return [{ type: 'mergeJson', path: target.hooksJson, patch: { hooks: { [event]: { $append: missing } } } }]
}

/** A handler is the same when it runs the same command for the same matcher; the person may have changed the rest. */
function handlersOf(group: unknown): readonly string[] {
  if (!isTable(group) || !Array.isArray(group.hooks)) return []
  const matcher = typeof group.matcher === 'string' ? group.matcher : undefined
  return group.hooks.flatMap((handler: unknown) =>
    isTable(handler) && typeof handler.command === 'string' ? [keyOf(matcher, handler.command)] : [],
  )
}

function keyOf(matcher: string | undefined, command: string): string {
  return JSON.stringify([matcher ?? '', command])
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function skipped(artifact: HookArtifact, target: Target, reason: FateReason): PlannedArtifact {
  const fates = allDropped(artifact.facts, reason)
  return { ...recordOf(artifact, target), outcome: { type: 'skipped', reason }, fates, environment: [] }
}

function recordOf(artifact: HookArtifact, target: Target) {
  return {
    itemType: artifact.itemType,
    name: artifact.event,
    source: artifact.event,
    target: artifact.event,
    sourcePath: artifact.path,
    targetPath: target.hooksJson,
  }
}
