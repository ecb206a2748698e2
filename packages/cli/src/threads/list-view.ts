import { counted, shownPath, type View } from '../import/view.js'
import { tableLines } from '../terminal/table.js'
import { displayWidth, pad, truncate } from '../terminal/width.js'
import type { FoundThread, FoundThreads } from './thread-pages.js'
import { shortId, sourceOf, titleOf } from './thread-words.js'
import { agoWords } from './time-words.js'

/** Threads for people, as wide as the terminal is: title, id and age always; whole ids, folder and source where there is room. */
export function threadLines(
  { found, nextCursor }: FoundThreads,
  view: View,
  { nowMs, more }: { readonly nowMs: number; readonly more: string },
): readonly string[] {
  if (found.length === 0) return [nextCursor === null ? 'No threads.' : 'None on this page.', ...moreLines()]
  const header = columns.filter(({ from }) => view.columns >= from)
  const title = view.columns - header.reduce((sum, { width }) => sum + width + 2, 0)
  const rows = found.map((one) => [
    pad(truncate(titleOf(one.thread), title), title),
    ...header.map(({ cell }) => cell(one, view, nowMs)),
  ])
  const lines = tableLines([{ heading: 'thread' }, ...header], rows, view.columns, (cell, row, column) =>
    row === -1 || column > 0 ? view.style.dim(cell) : cell,
  )
  const [heading = '', ...body] = lines
  return [heading, ...body.flatMap((line, index) => [line, ...snippetLines(found[index]!, view)]), ...moreLines()]

  function moreLines(): readonly string[] {
    if (nextCursor === null) return []
    return ['', view.style.dim(`${counted(found.length, 'thread')} shown; for more: ${more} --cursor '${nextCursor}'`)]
  }
}

interface WideColumn {
  readonly heading: string
  readonly align?: 'left' | 'right'
  /** Shown on terminals of at least so many columns. */
  readonly from: number
  readonly width: number
  readonly cell: (found: FoundThread, view: View, nowMs: number) => string
}

const columns: readonly WideColumn[] = [
  {
    heading: 'folder',
    from: 90,
    width: 24,
    cell: ({ thread }, view) => pad(cutLeft(shownPath(thread.cwd, view), 24), 24),
  },
  { heading: 'source', from: 76, width: 9, cell: ({ thread }) => pad(truncate(sourceOf(thread), 9), 9) },
  {
    heading: 'updated',
    from: 0,
    width: 10,
    cell: ({ thread }, _view, nowMs) => pad(agoWords(thread.updatedAt, nowMs), 10),
  },
  { heading: 'id', from: 0, width: 13, cell: ({ thread }) => shortId(thread) },
]

/** The end of a path says more than its beginning. */
function cutLeft(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = text
  while (displayWidth(kept) > width - 1) kept = [...kept].slice(1).join('')
  return `…${kept}`
}

function snippetLines({ snippet }: FoundThread, { style, columns: room }: View): readonly string[] {
  const words = (snippet ?? '').replace(/\s+/g, ' ').trim()
  return words === '' ? [] : [style.dim(`  ${truncate(words.replace(/\p{Cc}/gu, ' '), room - 2)}`)]
}
