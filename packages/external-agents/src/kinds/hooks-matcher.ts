import type { HookGroup } from '../artifact.js'
import { dropped, type FateList, mapped, needsAction } from './fate-list.js'

/** Events that the target narrows by a matcher. Source: reference 0.169.0, docs/observations/hooks.md. */
const MATCHED_EVENTS = new Set([
  'PreToolUse',
  'PostToolUse',
  'PermissionRequest',
  'SessionStart',
  'SessionEnd',
  'PreCompact',
  'PostCompact',
  'SubagentStart',
  'SubagentStop',
])

const TOOL_EVENTS = new Set(['PreToolUse', 'PostToolUse', 'PermissionRequest'])

/** Names that the target's tools have for hooks, besides `mcp__…`. */
const TOOLS = new Set(['Bash', 'apply_patch', 'Edit', 'Write'])

/** The matcher to write, and the fate of the one that was given. */
export function planMatcher(group: HookGroup, event: string, fates: FateList): string | undefined {
  const { matcher, matcherFact } = group
  if (matcher === undefined) return undefined
  if (!MATCHED_EVENTS.has(event)) {
    if (matcherFact)
      fates.add(
        dropped(matcherFact, {
          code: 'matcher-ignored',
          message: `${event} knows no matcher; its handlers always run`,
        }),
      )
    return undefined
  }
  const fault = faultOf(matcher)
  if (matcherFact && fault !== undefined) {
    const message = `the target does not take the matcher ${matcher}: ${fault}; the handlers do not run`
    fates.add(
      needsAction(
        matcherFact,
        { code: 'matcher-not-taken', message },
        'write the matcher as a plain list of names, A|B',
      ),
    )
  } else if (matcherFact) {
    const unknown = TOOL_EVENTS.has(event) ? unknownTools(matcher) : []
    if (unknown.length === 0) fates.add(mapped(matcherFact))
    else {
      const list = unknown.join(', ')
      const reason = {
        code: 'no-such-tool',
        message: `the target has no tool called ${list}, so the handlers do not run for it`,
      }
      fates.add(
        needsAction(
          matcherFact,
          reason,
          `let the handlers run for the tool that does the work of ${list} there, such as Bash`,
        ),
      )
    }
  }
  return matcher
}

/** Names in a plain list of names that no tool of the target has. A pattern may match anything. */
function unknownTools(matcher: string): readonly string[] {
  if (!/^[A-Za-z_0-9]+(?:\|[A-Za-z_0-9]+)*$/.test(matcher)) return []
  return matcher.split('|').filter((name) => !TOOLS.has(name) && !name.startsWith('mcp__'))
}

/** What a JavaScript pattern may hold and one of the target may not: look-around and back references. */
const NO_COUNTERPART = /(?<!\\)(?:\\\\)*(?:\(\?<?[=!]|\\[1-9]|\\k<)/

/** Why a matcher is no pattern for the target; undefined when it is one. `*` is every tool. */
function faultOf(matcher: string): string | undefined {
  if (matcher === '*') return undefined
  if (NO_COUNTERPART.test(matcher)) return 'it looks around or back'
  try {
    new RegExp(matcher)
    return undefined
  } catch {
    return 'it is no regular expression'
  }
}
