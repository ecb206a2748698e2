import type { HookEvent } from './thread-hooks.js'

/** How one event is spelt where, and what its matcher looks at. */
export interface HookEventFacts {
  readonly event: HookEvent | 'SubagentStart' | 'SubagentStop'
  /** As keys and hashes spell it. */
  readonly snake: string
  /** As the wire spells it. */
  readonly wire:
    | 'preToolUse'
    | 'permissionRequest'
    | 'postToolUse'
    | 'preCompact'
    | 'postCompact'
    | 'sessionStart'
    | 'sessionEnd'
    | 'userPromptSubmit'
    | 'subagentStart'
    | 'subagentStop'
    | 'stop'
    | 'interrupt'
  /** Member of the payload that a matcher is held against; null: this event has no matchers. */
  readonly matched: string | null
  readonly scope: 'thread' | 'turn'
  /** Seconds; a hook may not take longer. Null: as long as it says. */
  readonly maxTimeoutSec: number | null
}

const event = (
  name: HookEventFacts['event'],
  matched: string | null,
  more: Partial<Pick<HookEventFacts, 'scope' | 'maxTimeoutSec'>> = {},
): HookEventFacts => ({
  event: name,
  snake: name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase(),
  wire: (name.slice(0, 1).toLowerCase() + name.slice(1)) as HookEventFacts['wire'],
  matched,
  scope: 'turn',
  maxTimeoutSec: null,
  ...more,
})

/** Events in the order in which hooks of one file are listed. Source: reference 0.169.0, `hooks/list`. */
export const hookEvents: readonly HookEventFacts[] = [
  event('PreToolUse', 'tool_name'),
  event('PermissionRequest', 'tool_name'),
  event('PostToolUse', 'tool_name'),
  event('PreCompact', 'trigger'),
  event('PostCompact', 'trigger'),
  event('SessionStart', 'source', { scope: 'thread' }),
  event('SessionEnd', 'reason', { scope: 'thread', maxTimeoutSec: 3 }),
  event('UserPromptSubmit', null),
  event('SubagentStart', 'agent_type', { scope: 'thread' }),
  event('SubagentStop', 'agent_type'),
  event('Stop', null),
  event('Interrupt', null, { maxTimeoutSec: 3 }),
]

/** Whether a matcher fits any of `names`. One that is no regular expression fits nothing. */
export function matches(matcher: string | null, names: readonly string[]): boolean {
  if (matcher === null || matcher === '' || matcher === '*') return true
  if (/^[\w|]+$/.test(matcher)) return matcher.split('|').some((name) => names.includes(name))
  try {
    const pattern = new RegExp(matcher)
    return names.some((name) => pattern.test(name))
  } catch {
    return false
  }
}
