import type { McpServerArtifact, ToolPermission } from '../artifact.js'
import { dropped, type FateList, rewritten } from './fate-list.js'

/** What the permissions of a server come to in the target's words. */
export interface ToolLimits {
  /** All its tools are forbidden: the server is switched off. */
  readonly off: boolean
  readonly disabledTools: readonly string[]
  readonly defaultMode: 'prompt' | 'approve' | undefined
  readonly toolModes: ReadonlyMap<string, 'prompt' | 'approve'>
}

/** Joins the permissions that name a server. What forbids wins over what asks, what asks over what allows. */
export function toolLimits(
  artifact: McpServerArtifact,
  fates: FateList,
  targetOf: (key: string) => string,
): ToolLimits {
  const { permissions } = artifact
  const whole = (effect: ToolPermission['effect']) =>
    permissions.some((one) => one.effect === effect && one.tool === null)
  const named = (effect: ToolPermission['effect']) =>
    permissions.flatMap((one) => (one.effect === effect && one.tool !== null ? [one.tool] : []))
  const off = whole('deny')
  const asksAll = whole('ask')
  const denied = new Set(named('deny'))
  const modes = new Map<string, 'prompt' | 'approve'>()
  if (!asksAll) for (const tool of named('allow')) modes.set(tool, 'approve')
  for (const tool of named('ask')) modes.set(tool, 'prompt')
  for (const tool of denied) modes.delete(tool)

  for (const { effect, tool, fact } of permissions) {
    if (fact === undefined) continue
    const key = tool === null ? WHOLE[effect] : effect === 'deny' ? 'disabled_tools' : `tools.${tool}.approval_mode`
    const beaten = effect === 'allow' && (off || asksAll || (tool !== null && modes.get(tool) !== 'approve'))
    if (beaten)
      fates.add(dropped(fact, { code: 'stricter-rule-wins', message: 'a rule that asks or forbids counts more' }))
    else
      fates.add(
        rewritten(fact, { code: 'tool-limit', message: `became ${key} of the server ${artifact.name}` }, targetOf(key)),
      )
  }
  const defaultMode = asksAll ? 'prompt' : whole('allow') ? 'approve' : undefined
  return { off, disabledTools: [...denied].sort(), defaultMode, toolModes: modes }
}

const WHOLE: { readonly [effect in ToolPermission['effect']]: string } = {
  allow: 'default_tools_approval_mode',
  ask: 'default_tools_approval_mode',
  deny: 'enabled',
}
