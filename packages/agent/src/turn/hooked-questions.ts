import type { HookedCall } from '../hooks/hooked-call.js'
import type { ToolContext } from '../tools/tool.js'

/** Questions that ask for permission, and take a decision. */
const permissionQuestions: readonly string[] = [
  'item/commandExecution/requestApproval',
  'item/fileChange/requestApproval',
]

/**
 * A context whose questions for permission go to the person's hooks first: one that denies or allows answers in the
 * person's place.
 *
 * @param onReason is told why a hook denied
 */
export function withPermissionHooks(
  context: ToolContext,
  { toolName, toolUseId, toolInput }: HookedCall,
  onReason: (reason: string) => void,
): ToolContext {
  const { hooks, turnId, signal } = context
  if (hooks === undefined) return context
  return {
    ...context,
    async ask(method, params, flag) {
      if (!permissionQuestions.includes(method)) return context.ask(method, params, flag)
      const payload = { turnId, toolName, toolUseId, toolInput }
      const { permission, blocked } = await hooks.run('PermissionRequest', payload, signal)
      if (permission === null) return context.ask(method, params, flag)
      if (permission === 'deny') onReason(blocked ?? 'PermissionRequest hook denied approval')
      return { decision: permission === 'allow' ? 'accept' : 'decline' } as Awaited<
        ReturnType<typeof context.ask<typeof method>>
      >
    },
  }
}
