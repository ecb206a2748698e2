import type { ThreadItem } from '@gangway/protocol'
import { mayAsk } from '../../approval/command-policy.js'
import { sandboxRules } from '../../sandbox/sandbox-rules.js'
import { isWritable } from '../../sandbox/writable.js'
import type { Tool, ToolContext, ToolResult } from '../tool.js'
import { applyPatchSpec } from './apply-patch-spec.js'
import { diffText, fileChanges } from './file-changes.js'
import { parsePatch } from './parse-patch.js'
import { PatchError, type PatchHunk } from './patch.js'
import { type FilePlan, planPatch, systemMessage } from './plan-patch.js'
import { writePatch } from './write-patch.js'

type FileItem = Extract<ThreadItem, { type: 'fileChange' }>

/** Applies the patches of one thread, and knows which files may be changed for the rest of the session. */
export class ApplyPatch {
  readonly #allowed = new Set<string>()

  readonly tool: Tool = {
    name: 'apply_patch',
    namespace: null,
    spec: applyPatchSpec,
    isParallel: false,
    run: (call, context) =>
      this.apply(call.callId, call.kind === 'custom' ? call.input : inputOf(call.input), context.settings.cwd, context),
  }

  /** Checks the patch, asks where that is needed, and writes all of it or nothing. */
  async apply(callId: string, text: string, cwd: string, context: ToolContext): Promise<ToolResult> {
    const startedMs = performance.now()
    let hunks: readonly PatchHunk[]
    let plans: readonly FilePlan[]
    let item: FileItem = { type: 'fileChange', id: callId, changes: [], status: 'inProgress' }
    try {
      hunks = parsePatch(text)
      if (hunks.length === 0) return { output: 'patch rejected: empty patch', success: false }
      plans = await planPatch(hunks, cwd)
    } catch (error) {
      if (!(error instanceof PatchError)) throw error
      // The person sees what was tried, too.
      context.items.started(item)
      await context.items.completed({ ...item, status: 'failed' })
      return { output: `apply_patch verification failed: ${error.message}`, success: false }
    }
    item = { ...item, changes: await fileChanges(plans) }
    context.items.started(item)
    const refused = await this.#refusal(item, plans, context)
    if (refused !== undefined) return refused
    try {
      context.signal.throwIfAborted()
      await writePatch(plans)
    } catch (error) {
      await context.items.completed({ ...item, status: 'failed' })
      if (context.signal.aborted) return { output: 'aborted by user', success: false }
      return { output: `apply_patch failed, and nothing was changed: ${systemMessage(error)}`, success: false }
    }
    await context.items.completed({ ...item, status: 'completed' })
    for (const plan of plans) tell(plan, context)
    const lines = plans.map(({ kind, shownPath }) => `${{ add: 'A', update: 'M', delete: 'D' }[kind]} ${shownPath}\n`)
    const seconds = Number(((performance.now() - startedMs) / 1_000).toFixed(1))
    return {
      output: `Exit code: 0\nWall time: ${seconds} seconds\nOutput:\nSuccess. Updated the following files:\n${lines.join('')}`,
      success: true,
    }
  }

  /** @returns what the model is told where the patch may not be applied */
  async #refusal(item: FileItem, plans: readonly FilePlan[], context: ToolContext): Promise<ToolResult | undefined> {
    const { approvalPolicy } = context.settings
    const rules = sandboxRules(context.settings, { env: context.host.env, codexHome: context.host.layout.root })
    const paths = plans.flatMap(({ path, movePath }) => (movePath === null ? [path] : [path, movePath]))
    const isInside = (await Promise.all(paths.map((path) => isWritable(path, rules)))).every(Boolean)
    if (isInside && approvalPolicy !== 'untrusted') return undefined
    if (paths.every((path) => this.#allowed.has(path))) return undefined
    if (!mayAsk(approvalPolicy, 'sandbox')) {
      await context.items.completed({ ...item, status: 'declined' })
      const isReadOnly = context.settings.sandboxPolicy.type === 'readOnly'
      const why = isReadOnly ? 'writing is blocked by read-only sandbox' : 'writing outside of the project'
      return { output: `patch rejected: ${why}; rejected by user approval settings`, success: false }
    }
    try {
      const { decision } = await context.ask('item/fileChange/requestApproval', {
        threadId: context.threadId,
        turnId: context.turnId,
        itemId: item.id,
        startedAtMs: Date.now(),
        reason: null,
        grantRoot: null,
      })
      if (decision === 'acceptForSession') for (const path of paths) this.#allowed.add(path)
      if (decision === 'accept' || decision === 'acceptForSession') return undefined
      await context.items.completed({ ...item, status: 'declined' })
      if (decision === 'cancel') context.cancelTurn()
      return { output: 'patch rejected by user', success: false }
    } catch (error) {
      await context.items.completed({ ...item, status: 'declined' })
      throw error
    }
  }
}

function tell(plan: FilePlan, context: ToolContext): void {
  const before = diffText(plan.before)
  const after = diffText(plan.after)
  if (plan.movePath === null) {
    context.fileChanged(plan.path, before, after)
    return
  }
  context.fileChanged(plan.path, before, null)
  context.fileChanged(plan.movePath, diffText(plan.movedOver), after)
}

/** Some models call it as a function, with the patch as its one argument. */
function inputOf(json: string): string {
  try {
    const { input } = JSON.parse(json) as { input?: unknown }
    return typeof input === 'string' ? input : json
  } catch {
    return json
  }
}
