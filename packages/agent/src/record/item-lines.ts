import type { ThreadItem } from '@gangway/protocol'
import { shellWords } from './shell-words.js'

type Payload = { readonly [member: string]: unknown }
type Of<Type extends ThreadItem['type']> = Extract<ThreadItem, { type: Type }>

/** An item as a rollout spells it, and the events by which the reference's legacy reader shows it. */
export interface ItemLines {
  /** As `item_completed` holds it. */
  readonly item: Payload
  readonly events: readonly Payload[]
  /** Whether the events tell it whole, so that `item` need not be there beside them. */
  readonly isTold: boolean
}

/** @param turnId the turn it belongs to. Source: reference 0.169.0, docs/observations/rollout-files.md */
export function itemLines(item: ThreadItem, turnId: string): ItemLines {
  const times = { started_at_ms: item.startedAtMs ?? null, completed_at_ms: item.completedAtMs ?? null }
  const said = { item_id: item.id, turn_id: turnId, ...times }
  switch (item.type) {
    case 'userMessage':
      return { ...userMessage(item, said), isTold: true }
    case 'agentMessage': {
      const { id, text, phase = null } = item
      const event = { type: 'agent_message', message: text, phase, memory_citation: null, ...said }
      const whole = { type: 'AgentMessage', id, content: [{ type: 'Text', text }], phase }
      return { item: whole, events: text === '' ? [] : [event], isTold: text !== '' }
    }
    case 'reasoning': {
      const { id, summary = [], content = [] } = item
      const events = [
        ...summary.map((text) => ({ type: 'agent_reasoning', text })),
        ...content.map((text) => ({ type: 'agent_reasoning_raw_content', text })),
      ]
      return { item: { type: 'Reasoning', id, summary_text: summary, raw_content: content }, events, isTold: false }
    }
    case 'fileChange': {
      const { id, changes, status } = item
      const made = Object.fromEntries(changes.map((change) => [change.path, fileChange(change)]))
      const end = { changes: made, status: snake(status), stdout: '', stderr: '' }
      const event = { type: 'patch_apply_end', call_id: id, turn_id: turnId, success: status === 'completed', ...end }
      return { item: { type: 'FileChange', id, ...end }, events: [event], isTold: true }
    }
    case 'mcpToolCall':
      return mcpToolCall(item, turnId)
    case 'webSearch': {
      const whole = { query: item.query, action: action(item.action) }
      const event = { type: 'web_search_end', call_id: item.id, ...whole }
      return { item: { type: 'WebSearch', id: item.id, ...whole }, events: [event], isTold: true }
    }
    case 'contextCompaction':
      // The reference shows nothing of this event when it has more members.
      return {
        item: { type: 'ContextCompaction', id: item.id },
        events: [{ type: 'context_compacted' }],
        isTold: false,
      }
    case 'enteredReviewMode':
      return {
        item: { type: 'EnteredReviewMode', id: item.id, user_facing_hint: item.review },
        events: [
          {
            type: 'entered_review_mode',
            target: { type: 'custom', instructions: item.review },
            user_facing_hint: item.review,
            ...said,
          },
        ],
        isTold: true,
      }
    case 'exitedReviewMode': {
      const output = {
        findings: [],
        overall_correctness: '',
        overall_explanation: item.review,
        overall_confidence_score: 0,
      }
      return {
        item: { type: 'ExitedReviewMode', id: item.id, review_output: output },
        events: [{ type: 'exited_review_mode', review_output: output, ...said }],
        isTold: true,
      }
    }
    case 'commandExecution':
      return { item: commandExecution(item), events: [], isTold: false }
    default:
      return { item: anyItem(item), events: [], isTold: false }
  }
}

function userMessage(item: Of<'userMessage'>, said: Payload): Pick<ItemLines, 'item' | 'events'> {
  const texts: string[] = []
  const elements: unknown[] = []
  const lists: Record<string, string[]> = { images: [], local_images: [], audio: [], local_audio: [] }
  for (const input of item.content) {
    if (input.type === 'text') {
      texts.push(input.text)
      for (const { byteRange, placeholder } of input.text_elements ?? []) {
        elements.push({ byte_range: byteRange, placeholder: placeholder ?? null })
      }
    } else if (input.type === 'image' && 'url' in input) lists.images?.push(input.url)
    else if (input.type === 'localImage') lists.local_images?.push(input.path)
    else if (input.type === 'audio' && 'url' in input) lists.audio?.push(input.url)
    else if (input.type === 'localAudio') lists.local_audio?.push(input.path)
  }
  const client = typeof item.clientId === 'string' ? { client_id: item.clientId } : {}
  const event = { type: 'user_message', ...client, message: texts.join(''), ...lists, text_elements: elements, ...said }
  return {
    item: { type: 'UserMessage', id: item.id, ...client, content: item.content.map(snakeInput) },
    events: [event],
  }
}

function snakeInput(input: Of<'userMessage'>['content'][number]): Payload {
  switch (input.type) {
    case 'text': {
      const elements = (input.text_elements ?? []).map(({ byteRange, placeholder }) => ({
        byte_range: byteRange,
        placeholder: placeholder ?? null,
      }))
      return { type: 'text', text: input.text, text_elements: elements }
    }
    case 'image':
      return 'url' in input ? { type: 'image', image_url: input.url } : { ...input }
    case 'localImage':
      return { type: 'local_image', path: input.path }
    case 'audio':
      return 'url' in input ? { type: 'audio', audio_url: input.url } : { ...input }
    case 'localAudio':
      return { type: 'local_audio', path: input.path }
    default:
      return { ...input }
  }
}

function commandExecution(item: Of<'commandExecution'>): Payload {
  return {
    type: 'CommandExecution',
    id: item.id,
    process_id: item.processId ?? null,
    command: shellWords(item.command),
    cwd: item.cwd,
    parsed_cmd: item.commandActions.map(({ command, type, ...rest }) => ({ type: snake(type), cmd: command, ...rest })),
    source: snake(item.source ?? 'agent'),
    aggregated_output: item.aggregatedOutput ?? '',
    exit_code: item.exitCode ?? null,
    duration: duration(item.durationMs),
    status: snake(item.status),
  }
}

function mcpToolCall(item: Of<'mcpToolCall'>, turnId: string): ItemLines {
  const { id, server, tool, arguments: given, status, result = null, error = null } = item
  const took = duration(item.durationMs)
  return {
    item: { type: 'McpToolCall', id, server, tool, arguments: given, status, result, error, duration: took },
    events: [
      {
        type: 'mcp_tool_call_end',
        call_id: id,
        turn_id: turnId,
        invocation: { server, tool, arguments: given },
        duration: took ?? { secs: 0, nanos: 0 },
        result: result === null ? { Err: error?.message ?? 'no result' } : { Ok: result },
      },
    ],
    isTold: false,
  }
}

function fileChange(change: Of<'fileChange'>['changes'][number]): Payload {
  const { kind, diff } = change
  if (kind.type !== 'update') return { type: kind.type, content: diff }
  const move = kind.move_path ?? null
  const tail = `\n\nMoved to: ${move}`
  return {
    type: 'update',
    unified_diff: move !== null && diff.endsWith(tail) ? diff.slice(0, -tail.length) : diff,
    move_path: move,
  }
}

function action(value: Of<'webSearch'>['action']): unknown {
  if (value === null || value === undefined) return null
  return { ...value, type: snake(value.type) }
}

function anyItem(item: ThreadItem): Payload {
  const { type, startedAtMs, completedAtMs, ...rest } = item as ThreadItem & Payload
  const members = Object.entries(rest).map(([key, value]) => [snake(key), value])
  return { ...Object.fromEntries(members), type: type.charAt(0).toUpperCase() + type.slice(1) }
}

function duration(ms: number | null | undefined): Payload | null {
  if (ms === null || ms === undefined) return null
  return { secs: Math.floor(ms / 1_000), nanos: Math.round((ms % 1_000) * 1e6) }
}

/** `unifiedExecStartup` as `unified_exec_startup`. */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
