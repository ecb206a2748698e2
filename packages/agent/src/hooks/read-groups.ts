import { createHash } from 'node:crypto'
import type { ConfiguredHook } from './configured-hook.js'
import { type HookEventFacts, hookEvents } from './hook-events.js'

type Members = { readonly [member: string]: unknown }

/** A hook, before it is known whether it is trusted and where it stands in the list. */
export type NamedHook = Omit<ConfiguredHook, 'displayOrder' | 'enabled' | 'trustStatus'>

/** Seconds, where a hook does not say. Source: reference 0.169.0. */
const defaultTimeoutSec = 600

/**
 * The hooks of one `hooks` table, event by event; what cannot be run is told in `warnings`.
 *
 * Source: reference 0.169.0, docs/observations/hooks.md
 */
export function readGroups(
  events: Members,
  at: Pick<ConfiguredHook, 'sourcePath' | 'source'>,
  warnings: string[],
): NamedHook[] {
  return hookEvents.flatMap((facts) => {
    const groups = listOf(events[facts.event])
    return groups.flatMap((group, groupIndex) =>
      listOf(group.hooks).flatMap((handler, index) => {
        const key = `${at.sourcePath}:${facts.snake}:${groupIndex}:${index}`
        const hook = readHandler(handler, group, facts, at.sourcePath, warnings)
        return hook === undefined ? [] : [{ ...hook, ...at, key }]
      }),
    )
  })
}

function readHandler(
  handler: Members,
  group: Members,
  facts: HookEventFacts,
  path: string,
  warnings: string[],
): Omit<NamedHook, 'key' | 'sourcePath' | 'source'> | undefined {
  if (handler.type !== 'command') {
    warnings.push(`skipping ${String(handler.type)} hook in ${path}: only command hooks are run`)
    return undefined
  }
  const command = typeof handler.command === 'string' ? handler.command : ''
  if (command.trim() === '') {
    warnings.push(`skipping empty hook command in ${path}`)
    return undefined
  }
  const matcher = facts.matched !== null && typeof group.matcher === 'string' ? group.matcher : null
  const asked = whole(handler.timeout ?? handler.timeoutSec) ?? defaultTimeoutSec
  const most = facts.maxTimeoutSec ?? asked
  if (asked > most && handler.timeout !== undefined) {
    warnings.push(`clamping ${facts.event} hook timeout to ${most}s in ${path}`)
  }
  const hook = {
    facts,
    command,
    isAsync: handler.async === true,
    matcher,
    timeoutSec: Math.max(1, Math.min(asked, most)),
    statusMessage: typeof handler.statusMessage === 'string' ? handler.statusMessage : null,
    additionalContextLimit: whole(handler.additionalContextLimit) ?? null,
  }
  return { ...hook, currentHash: hashOf(hook) }
}

/** What trust is given to: SHA-256 of the hook as JSON, keys in order. Source: reference 0.169.0, found by trying. */
function hashOf(
  hook: Pick<
    ConfiguredHook,
    'facts' | 'command' | 'isAsync' | 'matcher' | 'timeoutSec' | 'statusMessage' | 'additionalContextLimit'
  >,
): string {
  const handler = {
    ...(hook.additionalContextLimit === null ? {} : { additionalContextLimit: hook.additionalContextLimit }),
    async: hook.isAsync,
    command: hook.command,
    ...(hook.statusMessage === null ? {} : { statusMessage: hook.statusMessage }),
    timeout: hook.timeoutSec,
    type: 'command',
  }
  const identity = {
    event_name: hook.facts.snake,
    hooks: [handler],
    ...(hook.matcher === null ? {} : { matcher: hook.matcher }),
  }
  return `sha256:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`
}

function listOf(value: unknown): Members[] {
  if (!Array.isArray(value)) return []
  return value.filter((entry): entry is Members => typeof entry === 'object' && entry !== null)
}

function whole(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
