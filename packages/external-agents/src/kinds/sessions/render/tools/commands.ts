import { basename } from 'node:path'
import type { Payload } from '../line-sink.js'
import { wellFormed } from '../plain-text.js'
import {
  duration,
  fileUrl,
  firstText,
  type ItemPlace,
  membersOf,
  snakeStatus,
  type ToolCall,
  type ToolItem,
  type ToolOutcome,
  type ToolView,
} from '../tool-view.js'

/** A shell command: the model sees it as the new agent's own command tool. */
export const shellCommand: ToolView = {
  kind: 'command',
  modelCall({ input }) {
    const { command, ...leftOut } = membersOf(input)
    if (typeof command !== 'string') return { name: 'exec_command', arguments: { cmd: '' }, leftOut: membersOf(input) }
    return {
      name: 'exec_command',
      arguments: { cmd: command },
      leftOut: Object.keys(leftOut).length === 0 ? null : leftOut,
    }
  },
  item(call, outcome, place) {
    const command = wellFormed(firstText(membersOf(call.input), 'command') ?? '')
    const words = ['bash', '-lc', command]
    return execution(call, outcome, place, words, { type: 'unknown', cmd: command }, exitCode(outcome))
  },
}

/** Looks at a command that runs in the background, or ends it. */
export const backgroundCommand: ToolView = {
  kind: 'background command',
  item(call, outcome, place) {
    const id = firstText(membersOf(call.input), 'bash_id', 'task_id', 'shell_id')
    const words = named(call, id)
    const { item } = execution(call, outcome, place, words, { type: 'unknown', cmd: words.join(' ') }, null)
    return { item: { ...item, source: 'unified_exec_interaction' }, event: null }
  },
}

/**
 * Reading a file. No command was run: the item's words are the tool's name and its argument, and its action says what was
 * done, which is what surfaces show of commands that read.
 */
export const fileRead: ToolView = {
  kind: 'file read',
  item(call, outcome, place) {
    const path = wellFormed(firstText(membersOf(call.input), 'file_path', 'notebook_path', 'path') ?? '')
    if (outcome.imageUrls.length > 0)
      return { item: { type: 'ImageView', id: call.id, path: fileUrl(path) }, event: null }
    const words = named(call, path)
    const action = { type: 'read', cmd: words.join(' '), name: basename(path), path }
    return execution(call, outcome, place, words, action, null)
  },
}

/** Looking for files or for text in them. */
export const fileSearch: ToolView = {
  kind: 'search',
  item(call, outcome, place) {
    const input = membersOf(call.input)
    const query = firstText(input, 'pattern', 'query') ?? null
    const path = firstText(input, 'path') ?? null
    const words = named(call, query, path)
    const action = { type: 'search', cmd: words.join(' '), query: orNull(query), path: orNull(path) }
    return execution(call, outcome, place, words, action, null)
  },
}

/** Listing a folder. */
export const folderList: ToolView = {
  kind: 'folder list',
  item(call, outcome, place) {
    const path = firstText(membersOf(call.input), 'path') ?? null
    const words = named(call, path)
    return execution(
      call,
      outcome,
      place,
      words,
      { type: 'list_files', cmd: words.join(' '), path: orNull(path) },
      null,
    )
  },
}

function orNull(text: string | null): string | null {
  return text === null ? null : wellFormed(text)
}

function named(call: ToolCall, ...words: readonly (string | null | undefined)[]): string[] {
  return [call.tool, ...words.filter((word) => typeof word === 'string')].map(wellFormed)
}

function execution(
  call: ToolCall,
  outcome: ToolOutcome,
  place: ItemPlace,
  command: readonly string[],
  action: Payload,
  exit: number | null,
): ToolItem {
  const item = {
    type: 'CommandExecution',
    id: call.id,
    command,
    cwd: fileUrl(place.cwd),
    parsed_cmd: [action],
    source: 'agent',
    status: snakeStatus(outcome.status),
    aggregated_output: outcome.text,
    exit_code: exit,
    duration: duration(call.atMs, outcome.atMs),
  }
  return { item, event: null }
}

/** The log says it only in words, and only of commands that failed; a command without complaint ended with 0. */
function exitCode({ status, text, details }: ToolOutcome): number | null {
  if (status === 'failed') {
    const said = /^(?:Error: )?Exit code (\d{1,3})\b/.exec(text)
    return said ? Number(said[1]) : null
  }
  const { interrupted, backgroundTaskId, returnCodeInterpretation } = membersOf(details)
  const isPlain = interrupted !== true && backgroundTaskId === undefined && returnCodeInterpretation === undefined
  return status === 'completed' && isPlain ? 0 : null
}
