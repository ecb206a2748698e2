import { type FileOf, partsOf, type RolloutLine, readRolloutBackwards, readThreadHead } from '@gangway/home'
import type { ThreadTokenUsage } from '@gangway/protocol'
import type { ThreadSettings } from '../thread-settings.js'
import { readTokenCount } from '../turn/usage.js'
import { wantedLines } from './read-history.js'
import { readSandboxPolicy, readSettingsApplied } from './setting-lines.js'

type Payload = { readonly [member: string]: unknown }

/** What a rollout says to whoever takes the thread up, without what was said in it. */
export interface RolloutFacts {
  readonly historyMode: 'legacy' | 'paginated'
  readonly usage: ThreadTokenUsage | null
  readonly preview: string
  /** What was set last. */
  readonly settings: Partial<ThreadSettings>
}

/** So far back from the end before all of the file is looked through. A turn seldom writes more. */
const tailLines = 400

/**
 * Reads what holds at the end of a rollout: mostly from its last lines.
 *
 * @param fileOf finds the file that it goes on from; without it, only the thread's own is read
 * @throws the file system's error when the file cannot be read
 */
export function readFacts(path: string, fileOf?: FileOf): RolloutFacts {
  const head = readThreadHead(path)
  const ends = new Ends()
  if (!readTail(path, ends)) {
    ends.clear()
    for (const line of wantedLines(partsOf(head, fileOf), isOfEnds)) ends.push(line)
  }
  const { context } = ends
  return {
    historyMode: head.historyMode,
    usage: ends.usage ?? null,
    preview: head.preview,
    settings: {
      ...settingsOf(context),
      ...(context.cwd === undefined ? { cwd: head.cwd } : {}),
      ...providerOf(head.modelProvider),
    },
  }
}

/** @returns whether all was found among the last lines */
function readTail(path: string, ends: Ends): boolean {
  const found: RolloutLine[] = []
  const missing = new Set(['turn_context', 'token_count'])
  let lines = 0
  for (const line of readRolloutBackwards(path)) {
    const name = line.type === 'event_msg' ? String(line.payload.type) : line.type
    if (isOfEnds(line.type, name)) found.push(line)
    missing.delete(name)
    if (missing.size === 0 || ++lines === tailLines) break
  }
  for (const line of found.reverse()) ends.push(line)
  return missing.size === 0
}

const endEvents = new Set<string | undefined>(['token_count', 'thread_settings_applied'])

function isOfEnds(type: string, payloadType: string | undefined): boolean {
  return type === 'event_msg' ? endEvents.has(payloadType) : type === 'turn_context'
}

/** What the lines so far leave standing. */
class Ends {
  context: Payload = {}
  usage: ThreadTokenUsage | undefined

  push({ type, payload }: RolloutLine): void {
    if (type === 'turn_context') this.context = payload
    else if (payload.type === 'thread_settings_applied') this.context = readSettingsApplied(payload, this.context)
    else if (payload.type === 'token_count') this.usage = readTokenCount(payload) ?? this.usage
  }

  clear(): void {
    this.context = {}
    this.usage = undefined
  }
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
  if (sandbox !== undefined) {
    settings.sandboxPolicy = sandbox
    settings.activePermissionProfile = profileOf(context.active_permission_profile)
    settings.profileRules = null
  }
  const mode = context.collaboration_mode as ThreadSettings['collaborationMode'] | undefined
  if (mode?.mode === 'plan' || mode?.mode === 'default') settings.collaborationMode = mode
  const roots = context.workspace_roots
  if (Array.isArray(roots) && roots.length > 0) settings.workspaceRoots = roots.map(String)
  else if (typeof context.cwd === 'string') settings.workspaceRoots = [context.cwd]
  return settings
}

function profileOf(value: unknown): ThreadSettings['activePermissionProfile'] {
  const { id, extends: parent } = (value ?? {}) as Payload
  if (typeof id !== 'string') return null
  return { id, extends: typeof parent === 'string' ? parent : null }
}
