import { closeSync, fstatSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { HomeError } from '../../errors.js'
import { linesBackwards } from '../rollout/file-tail.js'
import { parseRolloutLine, peekTypes } from '../rollout/parse-line.js'
import { scanLines } from '../rollout/scan-lines.js'
import { type Members, members, textOrNull } from './members.js'
import { previewOfEvent } from './preview.js'
import { metaFacts } from './session-meta.js'
import type { ThreadHead } from './thread-head.js'

/** As far as the first user message is looked for. Prompts and settings before it take some 50 KiB. */
const headBytes = 1024 * 1024
/** As many lines as are looked at from the end for the model that was used last. */
const tailLines = 40

/**
 * What a list needs of the thread at `path`. Reads the head of the file, and the tail where needed.
 * What `session_meta` does not say is taken from the file's name and time.
 *
 * @throws the file system's error when the file cannot be read
 * @throws HomeError `NOT_A_THREAD` when neither the file nor its name gives an id
 */
export function readThreadHead(path: string): ThreadHead {
  const descriptor = openSync(path, 'r')
  try {
    const stats = fstatSync(descriptor, { bigint: true })
    const sizeBytes = Number(stats.size)
    const modifiedMs = Number(stats.mtimeNs / 1_000_000n)
    const head = headOf(path)
    const facts = metaFacts(head.meta, path, modifiedMs)
    if (!facts) throw new HomeError('NOT_A_THREAD', `${path} is no rollout: it names no thread`)
    const settings = settingsOf(descriptor, sizeBytes) ?? head.settings
    return {
      ...facts,
      path,
      isArchived: basename(dirname(path)) === 'archived_sessions',
      updatedAtMs: modifiedMs,
      model: settings.model,
      reasoningEffort: settings.reasoningEffort,
      preview: head.preview,
      previewEnd: head.previewEnd,
      sizeBytes,
      modifiedNs: stats.mtimeNs,
    }
  } finally {
    closeSync(descriptor)
  }
}

interface Settings {
  readonly model: string | null
  readonly reasoningEffort: string | null
}

interface Head {
  readonly meta: Members
  readonly preview: string
  readonly previewEnd: number | null
  readonly settings: Settings
}

/** Lines of these types hold nothing that a head shows. */
const passedOver = new Set(['response_item', 'world_state', 'token_usage_record', 'retained_context', 'compacted'])

function headOf(path: string): Head {
  let meta: Members | undefined
  let preview = ''
  let previewEnd: number | null = null
  let settings: Settings | undefined
  for (const raw of scanLines(path)) {
    // Whole lines only: a first message with pictures may be longer than all that is looked at.
    if (raw.start > headBytes) break
    if (passedOver.has(peekTypes(raw)?.type ?? '')) continue
    const line = parseRolloutLine(raw)
    if (!line) continue
    if (line.type === 'session_meta') meta ??= line.payload
    else if (line.type === 'event_msg' && preview === '') preview = previewOfEvent(line.payload)
    settings ??= settingsIn(line)
    if (preview !== '') previewEnd ??= raw.end
    if (meta && preview !== '') break
  }
  return { meta: meta ?? {}, preview, previewEnd, settings: settings ?? { model: null, reasoningEffort: null } }
}

function settingsOf(descriptor: number, sizeBytes: number): Settings | undefined {
  let lines = 0
  for (const line of linesBackwards(descriptor, sizeBytes)) {
    const settings = settingsIn(line)
    if (settings) return settings
    if (++lines === tailLines) break
  }
  return undefined
}

function settingsIn({ type, payload }: { type: string; payload: Members }): Settings | undefined {
  if (type === 'turn_context') {
    const model = textOrNull(payload.model)
    return model === null ? undefined : { model, reasoningEffort: textOrNull(payload.effort) }
  }
  if (type !== 'event_msg' || payload.type !== 'thread_settings_applied') return undefined
  const { model, collaboration_mode: mode, reasoning_effort: effort } = members(payload.thread_settings)
  const given = textOrNull(effort) ?? textOrNull(members(members(mode).settings).reasoning_effort)
  return typeof model === 'string' ? { model, reasoningEffort: given } : undefined
}
