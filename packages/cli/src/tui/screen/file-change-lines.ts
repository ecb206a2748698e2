import type { FileUpdateChange, ThreadItem } from '@gangway/protocol'
import { cut, safeText } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import { diffLines, diffOf } from './diff-lines.js'

type FileChangeItem = Extract<ThreadItem, { type: 'fileChange' }>

/** Lines of a diff that are shown of one file while it is folded. */
const foldedLines = 12

/** The files that a patch changes, each with its diff. */
export function fileChangeLines(
  item: FileChangeItem,
  width: number,
  isExpanded: boolean,
  theme: Theme,
): readonly string[] {
  const verb = verbs[item.status]
  return item.changes.flatMap((change) => {
    const diff = diffLines(diffOf(change), width, theme)
    const { added, removed } = countsOf(change)
    const counts = `${theme.green(`+${added}`)} ${theme.red(`-${removed}`)}`
    const mark = item.status === 'declined' || item.status === 'failed' ? theme.red('✗') : theme.green('±')
    const head = cut(`${mark} ${theme.bold(`${verb}${kindWords(change)} ${safeText(change.path)}`)} ${counts}`, width)
    const shown = isExpanded ? diff : diff.slice(0, foldedLines)
    const hidden = diff.length - shown.length
    const more = hidden > 0 ? [theme.dim(cut(`    … ${hidden} more lines (ctrl+o shows all)`, width))] : []
    return [head, ...shown, ...more]
  })
}

const verbs: { readonly [status in FileChangeItem['status']]: string } = {
  inProgress: 'to ',
  completed: '',
  failed: 'failed to ',
  declined: 'declined: to ',
}

function kindWords({ kind }: FileUpdateChange): string {
  switch (kind.type) {
    case 'add':
      return 'add'
    case 'delete':
      return 'delete'
    case 'update':
      return kind.move_path == null ? 'edit' : `move to ${safeText(kind.move_path)}:`
    default:
      return kind satisfies never
  }
}

function countsOf(change: FileUpdateChange): { readonly added: number; readonly removed: number } {
  const lines = diffOf(change).split('\n')
  return {
    added: lines.filter((line) => line.startsWith('+') && !line.startsWith('+++')).length,
    removed: lines.filter((line) => line.startsWith('-') && !line.startsWith('---')).length,
  }
}
