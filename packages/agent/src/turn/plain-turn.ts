import { compactHistory, isOverLimit } from '../compaction.js'
import { basePrompt } from '../context/base-prompt.js'
import { turnContext } from '../record/setting-lines.js'
import { addHistory, type ThreadCore, type TurnModel } from '../thread-core.js'
import type { Tool } from '../tools/tool.js'
import { searchedTools } from '../tools/tool-search.js'
import { askModel, instructionsOf } from './ask-model.js'
import { newContext } from './new-context.js'
import { hookContext, runHooks, sayForHooks } from './turn-hooks.js'
import type { PersonsWords, TurnRun } from './turn-run.js'

/** What a turn is to do. */
export interface PlainTurn {
  readonly words: PersonsWords
  readonly outputSchema: unknown
  readonly kind?: 'turn' | 'review'
}

/** A turn of conversation: the person's words, then the model, again and again until it calls no more tools. */
export async function plainTurn(
  run: TurnRun,
  model: TurnModel,
  { words, outputSchema, kind = 'turn' }: PlainTurn,
): Promise<void> {
  const { core } = run
  if (isOverLimit(core, model)) await compactHistory(run, model)
  addHistory(core, await newContext(core, model))
  core.recorder.line('turn_context', turnContext(core.settings, run.id, new Date()))
  if (core.beginning !== null) {
    const source = core.beginning
    core.beginning = null
    addHistory(core, hookContext(await runHooks(run, 'SessionStart', { turnId: run.id, source })))
  }
  await run.say(words)
  let stopHookActive = false
  for (;;) {
    run.signal.throwIfAborted()
    const tools = await toolsOf(core)
    const instructions = instructionsOf(core, model, basePrompt)
    const asked = await askModel(run, model, { kind, instructions, tools, outputSchema })
    const steered = run.steered.splice(0)
    if (!asked.hasCalls && steered.length === 0) {
      const said = { turnId: run.id, stopHookActive, lastAssistantMessage: run.lastText || null }
      const { feedback } = await runHooks(run, 'Stop', said)
      if (feedback.length > 0) {
        stopHookActive = true
        await sayForHooks(run, feedback)
      } else if (run.closeForWords()) return
    }
    if (isOverLimit(core, model)) await compactHistory(run, model)
    for (const more of [...steered, ...run.steered.splice(0)]) await run.say(more)
  }
}

async function toolsOf(core: ThreadCore): Promise<Tool[]> {
  const [lists, deferred] = await Promise.all([
    Promise.all(core.toolSets.map((set) => set.tools(core.settings))),
    Promise.all(core.toolSets.map((set) => set.deferred?.(core.settings) ?? [])),
  ])
  return [...lists.flat(), ...searchedTools(deferred.flat())]
}
