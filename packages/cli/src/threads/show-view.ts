import type { Thread, ThreadItem, Turn } from '@gangway/protocol'
import { counted, shownPath, type View } from '../import/view.js'
import { escapeControls } from '../terminal/escape.js'
import { pad, truncate, wrap } from '../terminal/width.js'
import { sourceOf, titleOf } from './thread-words.js'
import { minuteOf } from './time-words.js'

/** A thread for people: what it is, where it is, and its last turns with the first words and the last answer of each. */
export function showLines(
  thread: Thread,
  { turns, isAll }: { readonly turns: readonly Turn[]; readonly isAll: boolean },
  view: View,
): readonly string[] {
  const { style } = view
  const before = isAll || turns.length === 0 ? [] : [style.dim('  … earlier turns; all of it: gangway threads export')]
  return [
    ...wrap(style.bold(truncate(titleOf(thread), view.columns * 2)), view.columns),
    ...factsOf(thread, view).map(([label, value]) => `  ${style.dim(pad(label, labelWidth))} ${value}`),
    ...(turns.length === 0 ? ['', 'Nothing was said yet.'] : ['', ...before]),
    ...turns.flatMap((turn) => turnLines(turn, view)),
  ]
}

const labelWidth = 9

function factsOf(thread: Thread, view: View): readonly (readonly [string, string])[] {
  const { gitInfo } = thread
  const model = escapeControls([thread.model, thread.modelProvider].filter(Boolean).join(' of '))
  return [
    ['id', thread.id],
    ['folder', shownPath(thread.cwd, view)],
    ...(gitInfo?.branch ? [['branch', escapeControls(gitInfo.branch)] as const] : []),
    ['model', model],
    ['source', `${sourceOf(thread)}${thread.originator ? `, ${escapeControls(thread.originator)}` : ''}`],
    ['begun', minuteOf(thread.createdAt)],
    ['updated', minuteOf(thread.updatedAt)],
    ...(thread.forkedFromId ? [['fork of', thread.forkedFromId] as const] : []),
    ...(thread.path ? [['file', shownPath(thread.path, view)] as const] : []),
  ]
}

/** Lines of one message; the rest is counted. */
const shownLines = 6

function turnLines(turn: Turn, view: View): readonly string[] {
  const { style } = view
  const when = turn.startedAt == null ? '' : minuteOf(turn.startedAt)
  const state = turn.status === 'completed' ? '' : turn.status
  const heading = [when, state].filter((word) => word !== '').join(', ')
  return [
    ...(heading === '' ? [] : [style.dim(`  ${heading}`)]),
    ...turn.items.flatMap((item) => wordsOf(item, view)),
    ...(turn.error == null ? [] : [style.red(`  failed: ${escapeControls(turn.error.message)}`)]),
    '',
  ]
}

function wordsOf(item: ThreadItem, view: View): readonly string[] {
  if (item.type === 'userMessage') {
    const text = item.content.map((input) => (input.type === 'text' ? input.text : `(${input.type})`)).join('\n')
    return message('›', text, view)
  }
  return item.type === 'agentMessage' ? message('•', item.text, view) : []
}

function message(mark: string, text: string, { columns, style }: View): readonly string[] {
  const lines = text
    .trim()
    .split('\n')
    .flatMap((line) => wrap(escapeControls(line), columns - 4))
    .map((line) => truncate(line, columns - 4))
  const hidden = lines.length - shownLines
  const shown = lines.slice(0, shownLines).map((line, index) => `  ${index === 0 ? style.cyan(mark) : ' '} ${line}`)
  return hidden > 0 ? [...shown, style.dim(`    … ${counted(hidden, 'more line')}`)] : shown
}
