import type { ResponseItem, ThreadItem } from '@gangway/protocol'
import type { HookEvent, HookPayloads, HookVerdict } from '../hooks/thread-hooks.js'
import { uuidV7 } from '../ids.js'
import { addHistory, type ThreadCore } from '../thread-core.js'
import type { MaybePromise } from '../thread-host.js'

/** A turn, as its hooks see it. */
interface HookedTurn {
  readonly core: ThreadCore
  readonly signal: AbortSignal
  started(item: ThreadItem): MaybePromise<void>
  completed(item: ThreadItem, alsoWrite?: () => void): Promise<void>
}

/** A hook ended the turn: nothing has failed. */
export class StoppedByHook extends Error {
  override readonly name = 'StoppedByHook'
}

/**
 * Runs the person's hooks of one moment of a turn.
 *
 * @throws StoppedByHook when one says that the turn ends here; the turn's signal's reason
 */
export async function runHooks<E extends HookEvent>(
  run: HookedTurn,
  event: E,
  payload: HookPayloads[E],
): Promise<HookVerdict> {
  const verdict = await run.core.hooks.run(event, payload, run.signal)
  if (verdict.stopped !== null) throw new StoppedByHook(verdict.stopped)
  return verdict
}

/** Words of hooks, as the model is told them; none where there are none. */
export function hookContext({ context }: Pick<HookVerdict, 'context'>): ResponseItem[] {
  if (context.length === 0) return []
  return [{ type: 'message', role: 'developer', content: context.map((text) => ({ type: 'input_text', text })) }]
}

/** What hooks want the model to do before the turn ends, as an item, and as words to the model. */
export async function sayForHooks(run: HookedTurn, feedback: HookVerdict['feedback']): Promise<void> {
  const item: ThreadItem = { type: 'hookPrompt', id: uuidV7(), fragments: [...feedback] }
  const content = feedback.map(({ text, hookRunId }) => ({
    type: 'input_text' as const,
    text: `<hook_prompt hook_run_id="${escaped(hookRunId)}">${escaped(text)}</hook_prompt>`,
  }))
  await run.started(item)
  await run.completed(item, () => addHistory(run.core, [{ type: 'message', role: 'user', content }]))
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
