import type { ResponseItem } from '@gangway/protocol'
import { basePrompt } from './context/base-prompt.js'
import { estimateTokens } from './history.js'
import { uuidV7 } from './ids.js'
import type { ThreadCore, TurnModel } from './thread-core.js'
import { askModel, instructionsOf, tellUsage, windowOf } from './turn/ask-model.js'
import { newContext } from './turn/new-context.js'
import { userNote } from './turn/notes.js'
import { runHooks } from './turn/turn-hooks.js'
import type { TurnRun } from './turn/turn-run.js'
import { estimatedUsage } from './turn/usage.js'

/** Of the nominal window. Source: reference 0.169.0: a response of 245,500 tokens in a window of 272,000 is too much. */
const limitShare = 0.9
/** As many tokens of what the person said before are kept word by word. Source: reference 0.169.0. */
const keptWordsTokens = 20_000

const compactPrompt = `The history of this conversation is about to be replaced by what you write now. Write a handover for whoever goes on with the task and sees nothing else of it:
- what the person wants, with every condition they named;
- what was done and found so far, and which decisions were taken, with reasons;
- which files and commands matter, by exact name;
- what is left to do, in order, and what to be careful about.
Be short and exact. Write only the handover.`

/** What the summary is put behind when the history begins with it. */
export const summaryPreamble =
  'The earlier part of this conversation was replaced by a summary. It was written by the model that did the work until then; what the tools changed is still there. Go on from here and do not do work twice. The summary:'

/** Whether the history should be made shorter before the model is asked again. */
export function isOverLimit(core: ThreadCore, { facts, config }: TurnModel): boolean {
  const own = config.model_auto_compact_token_limit
  const most = Math.floor(facts.contextWindow * limitShare)
  const limit = typeof own === 'number' && own > 0 ? Math.min(own, most) : most
  return (core.usage?.last.totalTokens ?? 0) >= limit
}

/**
 * Has the model sum up the history, and puts the summary in its place: the person's own words stay, the newest ones first
 * to be kept. Shown as a `contextCompaction` item.
 *
 * @throws ModelFailure
 */
export async function compactHistory(run: TurnRun, model: TurnModel): Promise<void> {
  const { core } = run
  const trigger = run.fixedKind === 'compact' ? 'manual' : 'auto'
  await runHooks(run, 'PreCompact', { turnId: run.id, trigger })
  const id = uuidV7()
  await run.started({ type: 'contextCompaction', id })
  await run.tellUsage()
  const prompt = typeof model.config.compact_prompt === 'string' ? model.config.compact_prompt : compactPrompt
  const { items } = await askModel(run, model, {
    kind: 'compaction',
    instructions: instructionsOf(core, model, basePrompt),
    tools: [],
    outputSchema: null,
    history: [...core.history.forRequest(), userNote(prompt)],
    isHidden: true,
  })
  const summary = `${summaryPreamble}\n${textOf(items)}`
  const words = personsWords(core.history.items)
  const last = words.pop()
  core.told.forget()
  const context = await newContext(core, model)
  const replacement = [...words, ...context, ...(last === undefined ? [] : [last]), userNote(summary)]
  core.history.replace(replacement)
  core.recorder.line('compacted', { message: summary, replacement_history: replacement })
  core.usage = estimatedUsage(
    core.usage,
    core.history.estimateTokens() + estimateTokens([userNote(basePrompt)]),
    windowOf(model),
  )
  await tellUsage(run)
  await run.completed({ type: 'contextCompaction', id })
  await runHooks(run, 'PostCompact', { turnId: run.id, trigger })
}

function textOf(items: readonly ResponseItem[]): string {
  const texts = items.flatMap((item) =>
    item.type === 'message' && item.role === 'assistant'
      ? item.content.map((part) => ('text' in part ? part.text : ''))
      : [],
  )
  return texts.join('') || '(no summary available)'
}

/** Messages that a person wrote, not those that were put in their name; the newest, as many as may be kept. */
function personsWords(items: readonly ResponseItem[]): ResponseItem[] {
  const kept: ResponseItem[] = []
  let tokens = 0
  for (const item of [...items].reverse()) {
    if (item.type !== 'message' || item.role !== 'user' || isPutIn(item)) continue
    tokens += estimateTokens([item])
    if (tokens > keptWordsTokens && kept.length > 0) break
    kept.unshift(item)
  }
  return kept
}

function isPutIn(item: Extract<ResponseItem, { type: 'message' }>): boolean {
  const [first] = item.content
  const text = first !== undefined && 'text' in first ? first.text : ''
  return (
    /^<(environment_context|turn_aborted|user_shell_command|skill|user_instructions)>/.test(text) ||
    text.startsWith('# AGENTS.md instructions for ') ||
    text.startsWith(summaryPreamble) ||
    text.startsWith('Another language model started to solve this problem')
  )
}
