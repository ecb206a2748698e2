import { escapeControls } from '../../terminal/escape.js'
import { wrap } from '../../terminal/width.js'
import { counted, shownPath, type View } from '../view.js'
import type { UndoResult } from '../wire.js'

/** What an undo did, or would do: every path, what stays, and how to have it again. */
export function undoLines(result: UndoResult, view: View): readonly string[] {
  const { style } = view
  if (result.status === 'alreadyUndone') {
    return [`It is undone already. To have it again: ${style.bold(`gangway import undo ${result.undoId ?? ''}`)}`]
  }
  const files = result.files.map(
    ({ path, action }) => `  ${marks[action]} ${shownPath(path, view)} ${style.dim(action)}`,
  )
  const threads = result.threads.map(
    ({ path, action }) => `  ${marks[action]} ${shownPath(path, view)} ${style.dim(action)}`,
  )
  const kept = result.kept.flatMap(({ path, reason }) =>
    wrap(`${shownPath(path, view)}: ${escapeControls(reason)}`, view.columns - 4).map(
      (line, index) => `  ${index === 0 ? style.yellow('!') : ' '} ${line}`,
    ),
  )
  return [
    ...files,
    ...threads,
    ...(kept.length > 0 ? [style.bold('Left as it is:'), ...kept] : []),
    '',
    ...lastWords(result, view),
  ]
}

const marks = {
  restored: '~',
  removed: '-',
  merged: '~',
  archived: '-',
  cut: '~',
  returned: '+',
  extended: '~',
} as const

function lastWords(result: UndoResult, { style }: View): readonly string[] {
  const { status, files, threads, kept, undoId } = result
  const left =
    kept.length > 0 ? `, ${counted(kept.length, 'thing')} left as ${kept.length === 1 ? 'it is' : 'they are'}` : ''
  const what = [
    ...(files.length > 0 || threads.length === 0 ? [counted(files.length, 'path')] : []),
    ...(threads.length > 0 ? [counted(threads.length, 'conversation')] : []),
  ].join(' and ')
  if (status === 'nothing') return [`There is nothing to take back${left}.`]
  if (status === 'planned') return [style.bold(`${what} to take back${left}.`), 'Nothing was written.']
  return [style.bold(`${what} taken back${left}.`), style.dim(`To have it again: gangway import undo ${undoId ?? ''}`)]
}
