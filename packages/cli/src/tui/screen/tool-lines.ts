import type { ThreadItem } from '@gangway/protocol'
import type { LiveItem } from '../../session/session-shape.js'
import { cut, safeOutput, safeText, wrapped } from '../view/measure.js'
import type { Theme } from '../view/theme.js'

type ToolItem = Extract<ThreadItem, { type: 'mcpToolCall' | 'dynamicToolCall' }>

/** A call of a tool of an MCP server or of the client. */
export function toolLines(
  item: ToolItem,
  live: LiveItem,
  width: number,
  isExpanded: boolean,
  theme: Theme,
): readonly string[] {
  const name = item.type === 'mcpToolCall' ? `${item.server}.${item.tool}` : item.tool
  const mark =
    item.status === 'failed' ? theme.red('✗') : item.status === 'inProgress' ? theme.yellow('•') : theme.green('•')
  const input = item.arguments === undefined || item.arguments === null ? '' : JSON.stringify(item.arguments)
  const head = cut(`${mark} ${theme.bold(safeText(name))} ${theme.dim(safeText(input))}`, width)
  const result = safeOutput(resultWords(item) || (live.progress ?? '')).trimEnd()
  if (result === '') return [head]
  const lines = result.split('\n')
  if (!isExpanded) {
    const more = lines.length > 1 ? ` … ${lines.length - 1} more lines (ctrl+o shows all)` : ''
    return [head, theme.dim(cut(`    ${lines[0]}${more}`, width))]
  }
  const body = lines.flatMap((line) => wrapped(line, Math.max(1, width - 4)))
  return [head, ...body.map((line) => theme.dim(`    ${line}`))]
}

function resultWords(item: ToolItem): string {
  if (item.type === 'dynamicToolCall') {
    return (item.contentItems ?? []).map((part) => ('text' in part ? part.text : `[${part.type}]`)).join('\n')
  }
  if (item.error) return item.error.message
  const content = (item.result?.content ?? []) as readonly unknown[]
  return content
    .map((part) => {
      const { type, text } = part as { readonly type?: string; readonly text?: string }
      return text ?? `[${type ?? 'content'}]`
    })
    .join('\n')
}

/** One line for an item that has no form of its own; undefined for one that nobody needs to see. */
export function toolWords(item: ThreadItem): string | undefined {
  switch (item.type) {
    case 'webSearch':
      return `searched the web: ${item.query}`
    case 'imageView':
      return `looked at ${item.path}`
    case 'contextCompaction':
      return 'the conversation was summarised to make room'
    case 'enteredReviewMode':
      return `review: ${item.review}`
    case 'exitedReviewMode':
      return 'end of the review'
    case 'imageGeneration':
      return 'made an image'
    case 'collabAgentToolCall':
      return `${item.tool}${item.prompt ? `: ${item.prompt}` : ''}`
    case 'subAgentActivity':
      return `agent ${item.agentPath}: ${item.kind}`
    default:
      return undefined
  }
}
