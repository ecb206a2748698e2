import type { ResponseItem } from '@gangway/protocol'
import type { HookEvent, HookPayloads, HookVerdict } from '../hooks/thread-hooks.js'
import type { TurnRun } from './turn-run.js'

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
  run: TurnRun,
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
