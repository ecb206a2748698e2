import type { ServerNotifications } from '@gangway/protocol'
import type { ConfiguredHook, FoundHooks } from './configured-hook.js'
import { findHooks } from './find-hooks.js'
import type { HookAnswer } from './hook-answer.js'
import { limitedContext } from './hook-context.js'
import { matches } from './hook-events.js'
import { payloadOf } from './hook-payload.js'
import type { HookThread } from './hook-thread.js'
import { runHook } from './run-hook.js'
import { type HookEvent, type HookPayloads, type HookVerdict, noVerdict, type ThreadHooks } from './thread-hooks.js'

type RunSummary = ServerNotifications['hook/started']['run']

/** The hooks of a thread. `thread` is looked at anew at each event. Files are read at the start of each turn. */
export function openThreadHooks(thread: HookThread): ThreadHooks {
  const warned = new Set<string>()
  let found: Promise<FoundHooks> | undefined
  const find = (event: HookEvent): Promise<FoundHooks> => {
    if (found === undefined || event === 'UserPromptSubmit') found = look(thread, warned)
    return found
  }
  return {
    async run(event, payload, signal) {
      signal.throwIfAborted()
      const { hooks } = await find(event)
      const fitting = hooks.filter((hook) => fits(hook, event, payload))
      if (fitting.length === 0) return noVerdict
      const answers = await Promise.all(fitting.map((hook) => runAndTell(thread, hook, event, payload, signal)))
      return together(answers)
    },
  }
}

async function look(thread: HookThread, warned: Set<string>): Promise<FoundHooks> {
  const { host, settings, configOverrides: overrides, threadId } = thread
  try {
    const found = await findHooks({ layout: host.layout, cwd: settings.cwd, overrides })
    for (const message of [...found.warnings, ...found.errors.map((error) => error.message)]) {
      if (warned.has(message)) continue
      warned.add(message)
      await host.notify('warning', { threadId, message })
    }
    return found
  } catch (error) {
    host.report('reading hooks', error)
    return { hooks: [], warnings: [], errors: [] }
  }
}

function fits<E extends HookEvent>(hook: ConfiguredHook, event: E, payload: HookPayloads[E]): boolean {
  if (hook.facts.event !== event || hook.trustStatus !== 'trusted' || !hook.enabled) return false
  return matches(hook.facts.matched === null ? null : hook.matcher, matchedNames(payload))
}

/** Names that other agents' hooks use for what a patch does. Source: reference 0.169.0 */
const patchNames = ['apply_patch', 'Write', 'Edit']

function matchedNames(payload: HookPayloads[HookEvent]): readonly string[] {
  if ('toolName' in payload) return payload.toolName === 'apply_patch' ? patchNames : [payload.toolName]
  if ('source' in payload) return [payload.source]
  if ('trigger' in payload) return [payload.trigger]
  return 'reason' in payload ? [payload.reason] : []
}

interface Told {
  readonly hookRunId: string
  readonly answer: HookAnswer
}

async function runAndTell<E extends HookEvent>(
  thread: HookThread,
  hook: ConfiguredHook,
  event: E,
  payload: HookPayloads[E],
  signal: AbortSignal,
): Promise<Told> {
  const { host, threadId, settings } = thread
  const turnId = 'turnId' in payload ? payload.turnId : null
  const started = summaryOf(hook, 'toolUseId' in payload ? payload.toolUseId : null)
  const startedMs = performance.now()
  await host.notify('hook/started', { threadId, turnId, run: started })
  const work = runHook(hook, {
    payload: payloadOf(event, payload, thread),
    cwd: settings.cwd,
    env: host.env,
    ...(hook.isAsync ? {} : { signal }),
  }).then(async (answer) => {
    const limited = await limitedContext(answer, hook, host.layout)
    const run: RunSummary = {
      ...started,
      status: limited.status,
      entries: [...limited.entries],
      completedAt: Math.floor(Date.now() / 1_000),
      durationMs: Math.round(performance.now() - startedMs),
    }
    await host.notify('hook/completed', { threadId, turnId, run })
    return { hookRunId: started.id, answer: limited }
  })
  if (!hook.isAsync) return work
  host.track('a hook', work)
  return { hookRunId: started.id, answer: { ...noVerdict, context: null, status: 'completed', entries: [] } }
}

function summaryOf(hook: ConfiguredHook, toolUseId: string | null): RunSummary {
  const { facts, displayOrder, sourcePath } = hook
  const id = `${facts.snake.replaceAll('_', '-')}:${displayOrder}:${sourcePath}${toolUseId === null ? '' : `:${toolUseId}`}`
  return {
    id,
    eventName: facts.wire,
    handlerType: 'command',
    executionMode: hook.isAsync ? 'async' : 'sync',
    scope: facts.scope,
    sourcePath,
    source: hook.source,
    displayOrder,
    status: 'running',
    statusMessage: hook.statusMessage,
    startedAt: Math.floor(Date.now() / 1_000),
    completedAt: null,
    durationMs: null,
    entries: [],
  }
}

function together(told: readonly Told[]): HookVerdict {
  const answers = told.map(({ answer }) => answer)
  const feedback = told.flatMap(({ hookRunId, answer: { blocked } }) =>
    blocked === null ? [] : [{ text: blocked, hookRunId }],
  )
  const updated = answers.findLast(({ updatedInput }) => updatedInput !== undefined)?.updatedInput
  const permissions = answers.map(({ permission }) => permission)
  return {
    blocked: feedback.length === 0 ? null : feedback.map(({ text }) => text).join('\n\n'),
    stopped: answers.find(({ stopped }) => stopped !== null)?.stopped ?? null,
    context: answers.flatMap(({ context }) => context ?? []),
    feedback,
    permission: permissions.includes('deny') ? 'deny' : permissions.includes('allow') ? 'allow' : null,
    ...(updated === undefined ? {} : { updatedInput: updated }),
  }
}
