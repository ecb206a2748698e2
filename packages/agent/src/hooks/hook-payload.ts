import type { HookThread } from './hook-thread.js'
import type { HookEvent, HookPayloads } from './thread-hooks.js'

/** What a hook reads on standard input. Source: reference 0.169.0, the JSON schema of each event's input. */
export function payloadOf<E extends HookEvent>(
  event: E,
  payload: HookPayloads[E],
  { threadId, path, settings }: Pick<HookThread, 'threadId' | 'path' | 'settings'>,
): Record<string, unknown> {
  const { turnId, ...own } = payload as { readonly turnId?: string; readonly [member: string]: unknown }
  const isCompaction = event === 'PreCompact' || event === 'PostCompact'
  const mode = settings.approvalPolicy === 'never' ? 'bypassPermissions' : 'default'
  const members = Object.entries(own).map(([key, value]) => [snake(key), value] as const)
  return {
    session_id: threadId,
    ...(turnId === undefined || event === 'SessionStart' ? {} : { turn_id: turnId }),
    transcript_path: path,
    cwd: settings.cwd,
    hook_event_name: event,
    ...(event === 'SessionEnd' ? {} : { model: settings.model }),
    ...(event === 'SessionEnd' || isCompaction ? {} : { permission_mode: mode }),
    ...Object.fromEntries(members.filter(([key]) => !(event === 'PermissionRequest' && key === 'tool_use_id'))),
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
