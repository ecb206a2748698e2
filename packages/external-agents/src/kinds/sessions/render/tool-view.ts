import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Payload } from './line-sink.js'

/** A call of a tool, from the moment it is made until its result is there. */
export interface ToolCall {
  /** Id for items and for the model: unique in its turn, at most 64 characters. */
  readonly id: string
  /** Name as the log has it. */
  readonly tool: string
  readonly input: unknown
  readonly atMs: number
}

/** How a call went, ready to be shown: texts within the limit and well formed, images as URLs. */
export interface ToolOutcome {
  /** `declined`: the person or a rule said no. `inProgress`: the log ends before the result. */
  readonly status: 'completed' | 'failed' | 'declined' | 'inProgress'
  readonly text: string
  readonly imageUrls: readonly string[]
  /** The log's structured result; anything. */
  readonly details: unknown
  readonly atMs: number
}

/** What an item is rendered from besides its call. */
export interface ItemPlace {
  readonly threadId: string
  readonly turnId: string
  readonly cwd: string
  /** The thread of the helper agent that this call started, when there is one. */
  readonly helperThreadId: string | null
}

/** An item for the eye, in the spelling of rollouts. */
export interface ToolItem {
  /** As `item_completed` holds it. */
  readonly item: Payload
  /** The event by which the reference's legacy reader shows the same; null where it has none. */
  readonly event: Payload | null
}

/** How the calls of some tools are shown, and what the model is given of them. */
export interface ToolView {
  /** Class in the report. */
  readonly kind: string
  /** The call as the model sees it, where that is not the log's own name and input. */
  modelCall?(call: ToolCall): { readonly name: string; readonly arguments: unknown; readonly leftOut: Payload | null }
  item(call: ToolCall, outcome: ToolOutcome, place: ItemPlace): ToolItem
}

/** Members of an input or a result, whatever it is. */
export function membersOf(value: unknown): Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : {}
}

/** The first of `names` whose member is a string that is not empty. */
export function firstText(value: Payload, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (typeof member === 'string' && member !== '') return member
  }
  return undefined
}

/** `{secs, nanos}`, never negative. */
export function duration(fromMs: number, toMs: number): Payload {
  const ms = Math.max(0, toMs - fromMs)
  return { secs: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 }
}

/** A path as some items spell it: a `file:` URL. One that is relative stays as it is. */
export function fileUrl(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path
}

/** A status as rollouts spell it. */
export function snakeStatus(status: ToolOutcome['status']): string {
  return status === 'inProgress' ? 'in_progress' : status
}
