import type { ThreadItem } from '@gangway/protocol'
import { escapeControlsButTabs } from '../terminal/escape.js'
import type { Style } from '../terminal/style.js'

/** Lines of a command's output that are shown. Source: reference 0.169.0. */
const maxOutputLines = 20

/** What is said when an item begins; nothing for most. */
export function startLines(item: ThreadItem, style: Style): readonly string[] {
  switch (item.type) {
    case 'commandExecution':
      return [style.cyan('exec'), `${style.bold(safe(item.command))} in ${safe(item.cwd)}`]
    case 'mcpToolCall':
      return [`${style.cyan('tool')} ${style.bold(safe(`${item.server}.${item.tool}`))}`]
    case 'fileChange':
      return [style.cyan('apply patch')]
    case 'webSearch':
      return item.query === '' ? [] : [`${style.cyan('web search:')} ${safe(item.query)}`]
    case 'contextCompaction':
      return [style.dim('making the conversation shorter')]
    default:
      return []
  }
}

/** What is said when an item is done. @param wasShown whether `startLines` was shown */
export function endLines(item: ThreadItem, style: Style, wasShown: boolean): readonly string[] {
  const head = wasShown ? [] : startLines(item, style)
  switch (item.type) {
    case 'agentMessage':
      return [style.cyan('agent'), ...textLines(item.text)]
    case 'plan':
      return [style.cyan('plan'), ...textLines(item.text)]
    case 'reasoning':
      return (item.summary ?? []).filter((part) => part.trim() !== '').flatMap((part) => textLines(part).map(style.dim))
    case 'commandExecution':
      return [...head, commandEnd(item, style), ...outputLines(item.aggregatedOutput ?? '').map(style.dim)]
    case 'fileChange':
      return [
        ...head,
        (item.status === 'completed' ? style.green : style.red)(`patch: ${item.status}`),
        ...item.changes.map(({ path, kind }) => `${kind.type} ${safe(path)}`),
      ]
    case 'mcpToolCall':
      return [...head, mcpEnd(item, style)]
    case 'webSearch':
      return wasShown ? [] : head
    default:
      return head
  }
}

/** A text as lines that cannot move the cursor. */
export function textLines(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split(/\r?\n/).map(safe)
}

function commandEnd(item: Extract<ThreadItem, { type: 'commandExecution' }>, style: Style): string {
  const time = item.durationMs == null ? '' : ` in ${duration(item.durationMs)}`
  if (item.status === 'declined') return style.red(' declined')
  if (item.exitCode === 0) return style.green(` succeeded${time}:`)
  return style.red(item.exitCode == null ? ` ${item.status}${time}:` : ` exited ${item.exitCode}${time}:`)
}

function mcpEnd(item: Extract<ThreadItem, { type: 'mcpToolCall' }>, style: Style): string {
  const time = item.durationMs == null ? '' : ` in ${duration(item.durationMs)}`
  if (item.status === 'completed') return style.green(` succeeded${time}`)
  return style.red(` failed${time}${item.error ? `: ${safe(item.error.message)}` : ''}`)
}

function outputLines(output: string): readonly string[] {
  if (output === '') return []
  const lines = textLines(output)
  const left = lines.length - maxOutputLines
  return left <= 0 ? lines : [...lines.slice(0, maxOutputLines), `… ${left} more line${left === 1 ? '' : 's'}`]
}

function duration(ms: number): string {
  if (ms < 1_000) return `${ms}ms`
  return ms < 60_000
    ? `${(ms / 1_000).toFixed(2)}s`
    : `${Math.floor(ms / 60_000)}m ${Math.round((ms % 60_000) / 1_000)}s`
}

function safe(text: string): string {
  return escapeControlsButTabs(text)
}
