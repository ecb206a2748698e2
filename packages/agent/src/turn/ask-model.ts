import type { ResponseItem } from '@gangway/protocol'
import type { ModelResponse } from '../model/model-client.js'
import { disconnected, ModelFailure } from '../model/model-failure.js'
import { withRetries } from '../retry.js'
import { addHistory, type ThreadCore, type TurnModel } from '../thread-core.js'
import type { Tool } from '../tools/tool.js'
import { modelRequest, type RequestInput } from './request.js'
import { ResponseReader } from './response-reader.js'
import { ToolCalls } from './tool-calls.js'
import { hookContext } from './turn-hooks.js'
import type { TurnRun } from './turn-run.js'
import { addUsage, fullUsage, rateLimits, tokenCount } from './usage.js'

/** What one request of a turn asks for. */
export interface AskOptions {
  readonly kind: RequestInput['kind']
  readonly instructions: string
  readonly tools: readonly Tool[]
  readonly outputSchema: unknown
  /** Instead of the history. */
  readonly history?: readonly ResponseItem[]
  /** What the response brings is neither shown nor kept; it is the result. */
  readonly isHidden?: boolean
}

/** What came of it. */
export interface Asked {
  /** Tool calls were answered: the model has to be asked again. */
  readonly hasCalls: boolean
  /** Whether words of the person cut it. */
  readonly wasCut: boolean
  /** The items of a hidden response. */
  readonly items: readonly ResponseItem[]
}

const cutForWords = new Error('the person said something')

/**
 * Asks the model once, with retries: its items are shown, its calls run, and their outputs are in the history when this
 * returns.
 *
 * @throws ModelFailure; the turn's signal's reason
 */
export async function askModel(run: TurnRun, model: TurnModel, options: AskOptions): Promise<Asked> {
  const { core } = run
  const { provider } = model
  return withRetries(() => attempt(run, model, options), {
    requestMaxRetries: provider.requestMaxRetries,
    streamMaxRetries: provider.streamMaxRetries,
    signal: run.signal,
    onRetry: (error) => run.notify('error', { error, willRetry: true, threadId: core.threadId, turnId: run.id }),
  })
}

async function attempt(run: TurnRun, model: TurnModel, options: AskOptions): Promise<Asked> {
  const { core } = run
  const cut = new AbortController()
  const signal = AbortSignal.any([run.signal, cut.signal])
  const hookWords: string[] = []
  const calls = new ToolCalls(options.tools, run.toolContext(), core.hooks, (words) => hookWords.push(...words))
  const hidden: ResponseItem[] = []
  const reader = new ResponseReader({
    threadId: core.threadId,
    turnId: run.id,
    notify: options.isHidden ? () => undefined : (method, params) => core.host.notify(method, params),
    started: (item) => (options.isHidden ? undefined : run.started(item)),
    finished: (raw, shown) => {
      if (options.isHidden) {
        hidden.push(raw)
        return
      }
      if (shown === undefined) {
        addHistory(core, [raw])
        return
      }
      return run.completed(shown, () => addHistory(core, [raw]))
    },
    called: (call, raw) => calls.start(call, raw),
  })
  if (!options.isHidden) run.cut = () => cut.abort(cutForWords)
  let response: ModelResponse | undefined
  try {
    if (run.steered.length > 0 && !options.isHidden) cut.abort(cutForWords)
    response = await model.client.send(requestOf(run, model, options), signal)
    for await (const events of response.events) {
      for (const event of events) {
        const room = reader.handle(event)
        if (room !== undefined) await room
        if (signal.aborted) throw signal.reason
      }
    }
    if (!reader.isComplete) throw disconnected('stream closed before response.completed')
  } catch (error) {
    run.cut = undefined
    await settle(run, calls, hookWords)
    if (error instanceof ModelFailure && error.info === 'contextWindowExceeded') {
      core.usage = fullUsage(core.usage, windowOf(model))
      await run.tellUsage()
    }
    if (run.signal.aborted || error !== cutForWords) throw error
    if (core.usage) await run.tellUsage()
    return { hasCalls: calls.count > 0, wasCut: true, items: hidden }
  }
  run.cut = undefined
  if (reader.usage !== undefined) core.usage = addUsage(core.usage, reader.usage, windowOf(model))
  await settle(run, calls, hookWords)
  run.signal.throwIfAborted()
  await tellUsage(run, response)
  if (!run.diff.isEmpty && !options.isHidden) await run.tellDiff()
  return { hasCalls: calls.count > 0, wasCut: false, items: hidden }
}

/** The part of a window that may be used. Source: reference 0.169.0: 95 % */
export function windowOf({ facts }: TurnModel): number {
  return Math.floor(facts.contextWindow * 0.95)
}

/** Notes what was used, and tells it with the vendor's limits. */
export async function tellUsage(run: TurnRun, response?: ModelResponse): Promise<void> {
  const { core } = run
  if (core.usage === null) return
  core.recorder.event(tokenCount(core.usage))
  await run.tellUsage()
  const limits = rateLimits((name) => response?.header(name) ?? null)
  await run.notify('account/rateLimits/updated', { rateLimits: limits })
}

async function settle(run: TurnRun, calls: ToolCalls, hookWords: readonly string[]): Promise<void> {
  if (calls.count === 0) return
  addHistory(run.core, await calls.outputs())
  addHistory(run.core, hookContext({ context: hookWords }))
}

function requestOf(run: TurnRun, model: TurnModel, options: AskOptions) {
  const { core } = run
  return modelRequest({
    threadId: core.threadId,
    turnId: run.id,
    kind: options.kind,
    settings: core.settings,
    config: model.config,
    facts: model.facts,
    instructions: options.instructions,
    history: options.history ?? core.history.forRequest(),
    tools: options.tools,
    outputSchema: options.outputSchema,
    originator: core.originator,
    version: core.host.version,
  })
}

/** First words to the model, where nothing else was said. */
export function instructionsOf(core: ThreadCore, model: TurnModel, builtIn: string): string {
  return (
    core.settings.baseInstructions ??
    (typeof model.config.instructions === 'string' ? model.config.instructions : builtIn)
  )
}
