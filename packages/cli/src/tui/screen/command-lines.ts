import type { ThreadItem } from '@gangway/protocol'
import type { LiveItem, SessionItem } from '../../session/session-shape.js'
import { cut, hanging, safeOutput, safeText, wrapped } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import { durationWords } from './words.js'

type CommandItem = Extract<ThreadItem, { type: 'commandExecution' }>

/** Lines of output that are shown of a folded command. */
const foldedLines = 4

/** Characters of output that are looked at: a screen shows no more, and a program may print for ever. */
const maxOutput = 200_000

/** A command, how it ended, and the end of its output; all of it when it is expanded. */
export function commandLines(
  item: CommandItem,
  entry: SessionItem,
  live: LiveItem,
  width: number,
  isExpanded: boolean,
  theme: Theme,
): readonly string[] {
  const head = hanging(`${markOf(item, entry, theme)} `, theme.bold(safeText(shownCommand(item.command))), width)
  const shownHead = isExpanded || head.length <= 3 ? head : [...head.slice(0, 2), cut(`${head[2]} …`, width)]
  const output = entry.stage === 'done' ? (item.aggregatedOutput ?? '') : live.text
  const lines = safeOutput(output.slice(-maxOutput)).replace(/\n+$/, '').split('\n')
  const all = output === '' ? [] : isExpanded ? lines : lines.slice(-foldedLines)
  const hidden = output === '' ? 0 : lines.length - all.length
  const indent = '    '
  const body = all.flatMap((line) =>
    isExpanded
      ? wrapped(line, Math.max(1, width - 4)).map((part) => theme.dim(`${indent}${part}`))
      : [theme.dim(cut(`${indent}${line}`, width))],
  )
  const more = hidden > 0 ? [theme.dim(cut(`${indent}… ${hidden} lines before (ctrl+o shows all)`, width))] : []
  const tail = endWords(item)
  return [...shownHead, ...more, ...body, ...(tail === undefined ? [] : [theme.dim(cut(`${indent}${tail}`, width))])]
}

/** A command without the shell that it is handed to. */
export function shownCommand(command: string): string {
  const inner = /^\S*\/?(?:bash|sh|zsh) -l?c (['"])([\s\S]*)\1$/.exec(command)
  if (inner?.[2] !== undefined)
    return inner[1] === "'" ? inner[2].replaceAll(`'"'"'`, "'").replaceAll(`'\\''`, "'") : inner[2]
  return command.replace(/^\S*\/?(?:bash|sh|zsh) -l?c /, '')
}

function markOf(item: CommandItem, entry: SessionItem, theme: Theme): string {
  if (entry.stage === 'running') return theme.yellow('$')
  if (item.status === 'declined') return theme.red('✗')
  return item.status === 'failed' ? theme.red('✗') : theme.green('$')
}

function endWords(item: CommandItem): string | undefined {
  const took = item.durationMs == null || item.durationMs < 1000 ? '' : ` after ${durationWords(item.durationMs)}`
  switch (item.status) {
    case 'declined':
      return 'not run: declined'
    case 'failed':
      return item.exitCode == null ? `failed${took}` : `exit code ${item.exitCode}${took}`
    case 'completed':
      return took === '' ? undefined : `done${took}`
    case 'inProgress':
      return undefined
    default:
      return item.status satisfies never
  }
}
