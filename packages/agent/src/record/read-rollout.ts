import { type FileOf, partsOf, type RolloutLine, readRolloutLines, readThreadHead } from '@gangway/home'
import type { ResponseItem, ThreadTokenUsage } from '@gangway/protocol'
import type { ThreadSettings } from '../thread-settings.js'
import { readTokenCount } from '../turn/usage.js'
import { readSandboxPolicy, readSettingsApplied } from './setting-lines.js'

type Payload = { readonly [member: string]: unknown }

/** What a rollout says to whoever goes on with it. */
export interface ReadRollout {
  readonly historyMode: 'legacy' | 'paginated'
  /** What the model would see now. */
  readonly history: readonly ResponseItem[]
  readonly usage: ThreadTokenUsage | null
  readonly preview: string
  /** What was set last. */
  readonly settings: Partial<ThreadSettings>
}

/**
 * Reads a rollout from its start, and before it the part of another file that it goes on from. A `compacted` line puts its own history in the place of what came before; turns that were
 * taken back are taken away.
 *
 * @param fileOf finds that other file; without it, only the thread's own is read
 * @throws the file system's error when the file cannot be read
 */
export async function readRollout(path: string, fileOf?: FileOf): Promise<ReadRollout> {
  const head = readThreadHead(path)
  let history: ResponseItem[] = []
  /** Where each turn that is still there begins in the history. */
  let turnStarts: number[] = []
  let usage: ThreadTokenUsage | undefined
  let context: Payload = {}
  let lines = 0
  for (const { type, payload } of linesOf(partsOf(head, fileOf))) {
    if (++lines % linesBetweenBreaths === 0) await new Promise(setImmediate)
    if (type === 'response_item') history.push(payload as unknown as ResponseItem)
    else if (type === 'turn_context') context = payload
    else if (type === 'compacted') {
      history = replacementOf(payload, history)
      turnStarts = []
    } else if (type === 'event_msg') {
      if (payload.type === 'task_started') turnStarts.push(history.length)
      else if (payload.type === 'thread_settings_applied') context = readSettingsApplied(payload, context)
      else if (payload.type === 'token_count') usage = readTokenCount(payload) ?? usage
      else if (payload.type === 'thread_rolled_back') {
        const count = typeof payload.num_turns === 'number' ? payload.num_turns : 0
        const from = count > 0 ? turnStarts.splice(Math.max(0, turnStarts.length - count))[0] : undefined
        if (from !== undefined) history.length = from
      }
    }
  }
  return {
    historyMode: head.historyMode,
    history: history.filter(isToldAgain),
    usage: usage ?? null,
    preview: head.preview,
    settings: {
      ...settingsOf(context),
      ...(context.cwd === undefined ? { cwd: head.cwd } : {}),
      ...providerOf(head.modelProvider),
    },
  }
}

function* linesOf(parts: ReturnType<typeof partsOf>): Generator<RolloutLine, void, void> {
  for (const { path, untilOrdinal, untilByte } of parts) {
    for (const { line } of readRolloutLines(path, untilByte === null ? {} : { until: untilByte })) {
      if (line === null) continue
      if (untilOrdinal !== null && line.ordinal !== undefined && line.ordinal >= untilOrdinal) break
      yield line
    }
  }
}

/** Other work gets a turn now and then while a huge file is read. */
const linesBetweenBreaths = 2_000

function replacementOf(payload: Payload, before: readonly ResponseItem[]): ResponseItem[] {
  if (Array.isArray(payload.replacement_history)) return payload.replacement_history as ResponseItem[]
  const words = before.filter((item) => item.type === 'message' && item.role === 'user')
  const text = typeof payload.message === 'string' ? payload.message : ''
  return [...words, { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]
}

/** The reference's own first words are in some histories; ours go before every request. */
function isToldAgain(item: ResponseItem): boolean {
  return item.type !== 'other' && item.type !== 'compaction_trigger'
}

function providerOf(modelProvider: string | null): Partial<ThreadSettings> {
  return modelProvider === null ? {} : { modelProvider }
}

function settingsOf(context: Payload): Partial<ThreadSettings> {
  const settings: { -readonly [Name in keyof ThreadSettings]?: ThreadSettings[Name] } = {}
  if (typeof context.cwd === 'string') settings.cwd = context.cwd
  if (typeof context.model === 'string') settings.model = context.model
  if (typeof context.effort === 'string') settings.effort = context.effort
  if (context.approval_policy !== undefined) {
    settings.approvalPolicy = context.approval_policy as ThreadSettings['approvalPolicy']
  }
  const sandbox = readSandboxPolicy(context.sandbox_policy)
  if (sandbox !== undefined) settings.sandboxPolicy = sandbox
  const mode = context.collaboration_mode as ThreadSettings['collaborationMode'] | undefined
  if (mode?.mode === 'plan' || mode?.mode === 'default') settings.collaborationMode = mode
  const roots = context.workspace_roots
  if (Array.isArray(roots) && roots.length > 0) settings.workspaceRoots = roots.map(String)
  else if (typeof context.cwd === 'string') settings.workspaceRoots = [context.cwd]
  return settings
}
