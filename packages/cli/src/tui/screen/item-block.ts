import type { ThreadItem } from '@gangway/protocol'
import type { LiveItem, SessionItem } from '../../session/session-shape.js'
import { GrowingMarkdown } from '../view/markdown.js'
import { cut, hanging, safeText, wrapped } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import { commandLines } from './command-lines.js'
import { fileChangeLines } from './file-change-lines.js'
import { toolLines, toolWords } from './tool-lines.js'

/** What one item is on the screen. Lasts as long as the item is shown, and keeps what it has made. */
export interface ItemBlock {
  /** @param isExpanded folded parts are shown in full. `[]`: the item has nothing to show */
  lines(entry: SessionItem, live: LiveItem, width: number, isExpanded: boolean): readonly string[]
}

/** A block for an item of any type. */
export function createItemBlock(theme: Theme): ItemBlock {
  const markdown = new GrowingMarkdown(theme)
  return {
    lines(entry, live, width, isExpanded) {
      const { item } = entry
      const isDone = entry.stage !== 'running'
      switch (item.type) {
        case 'userMessage':
          return hanging(theme.cyan('› '), theme.bold(safeText(wordsOf(item))), width)
        case 'agentMessage':
        case 'plan': {
          const text = entry.stage === 'done' ? item.text : live.text
          const gap =
            live.hasGap && !isDone ? [theme.dim('(some of it came too fast; it will be whole at its end)')] : []
          const left = entry.stage === 'left' ? [theme.dim('(broken off)')] : []
          return [...markdown.lines(text, width, isDone), ...gap, ...left]
        }
        case 'reasoning':
          return reasoningLines(item, entry, live, width, isExpanded, theme)
        case 'commandExecution':
          return commandLines(item, entry, live, width, isExpanded, theme)
        case 'fileChange':
          return fileChangeLines(item, width, isExpanded, theme)
        case 'mcpToolCall':
        case 'dynamicToolCall':
          return toolLines(item, live, width, isExpanded, theme)
        default: {
          const words = toolWords(item)
          return words === undefined ? [] : [cut(theme.dim(`• ${safeText(words)}`), width)]
        }
      }
    },
  }
}

function wordsOf(item: Extract<ThreadItem, { type: 'userMessage' }>): string {
  return item.content
    .map((input) => {
      switch (input.type) {
        case 'text':
          return input.text
        case 'localImage':
          return `[image ${input.path}]`
        case 'image':
          return '[image]'
        case 'skill':
        case 'mention':
          return `[${input.name}]`
        default:
          return `[${(input as { type: string }).type}]`
      }
    })
    .join('\n')
}

function reasoningLines(
  item: Extract<ThreadItem, { type: 'reasoning' }>,
  entry: SessionItem,
  live: LiveItem,
  width: number,
  isExpanded: boolean,
  theme: Theme,
): readonly string[] {
  const parts =
    entry.stage === 'done' ? [...(item.summary ?? []), ...(item.content ?? [])] : [...live.summary, ...live.content]
  const text = parts.filter((part) => part !== '').join('\n\n')
  if (text === '') return []
  if (isExpanded) return wrapped(theme.dim(safeText(text)), width)
  const last =
    text
      .trimEnd()
      .split('\n')
      .findLast((line) => line.trim() !== '') ?? ''
  const heading = safeText(last.replaceAll('*', ''))
  return [cut(theme.dim(`${entry.stage === 'running' ? 'thinking: ' : 'thought: '}${heading}`), width)]
}
