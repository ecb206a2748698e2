import type { RolloutLine } from '@gangway/home'

/** A call whose result was not in the log yet. */
export interface OpenCall {
  /** Id in the log. */
  readonly callId: string
  /** Id in the thread. */
  readonly id: string
  readonly tool: string
  /** Null when it is too large to be carried: then the result is shown without it. */
  readonly input: unknown
  readonly atMs: number
}

/**
 * How far a session has been brought over: the last line of an imported thread, and of each part appended to it. From it
 * the rest is rendered, and a log proves that it still begins as it did.
 */
export interface RenderCheckpoint {
  /** Events so far, `subagent` ones not counted: those depend on what else lies in the folder. */
  readonly events: number
  /** Chain of SHA-256 over these events, hex. */
  readonly digest: string
  /** UTF-8 bytes that the model gets. */
  readonly modelBytes: number
  readonly lastAtMs: number
  /** The turn that the log leaves without an answer; null when the last one is ended. */
  readonly openTurn: { readonly id: string; readonly startedAtMs: number } | null
  readonly openCalls: readonly OpenCall[]
  /** Threads of helper agents that no call of the log names: shown once. */
  readonly helpers: readonly string[]
}

/** Unknown to the reference, which passes over it (docs/observations/imported-threads.md). */
export const checkpointType = 'gangway_checkpoint'

/** What a checkpoint line of a rollout says, or undefined when `line` is none. */
export function readCheckpoint(line: Pick<RolloutLine, 'type' | 'payload'>): RenderCheckpoint | undefined {
  if (line.type !== checkpointType) return undefined
  const { events, digest, modelBytes, lastAtMs, openTurn, openCalls, helpers } = line.payload
  if (!isCount(events) || typeof digest !== 'string' || !isCount(modelBytes) || !isCount(lastAtMs)) return undefined
  return {
    events,
    digest,
    modelBytes,
    lastAtMs,
    openTurn: turnOf(openTurn),
    openCalls: callsOf(openCalls),
    helpers: Array.isArray(helpers) ? helpers.filter((id) => typeof id === 'string') : [],
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function turnOf(value: unknown): RenderCheckpoint['openTurn'] {
  const { id, startedAtMs } = (value ?? {}) as { id?: unknown; startedAtMs?: unknown }
  return typeof id === 'string' && isCount(startedAtMs) ? { id, startedAtMs } : null
}

function callsOf(value: unknown): OpenCall[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const { callId, id, tool, input, atMs } = (entry ?? {}) as { [member: string]: unknown }
    const isCall = typeof callId === 'string' && typeof id === 'string' && typeof tool === 'string' && isCount(atMs)
    return isCall ? [{ callId, id, tool, input: input ?? null, atMs }] : []
  })
}
