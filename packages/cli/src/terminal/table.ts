import { displayWidth, pad, truncate } from './width.js'

/** One column of a table: its heading, and the side its cells lean to. */
export interface Column {
  readonly heading: string
  readonly align?: 'left' | 'right'
}

/**
 * A table as lines: the heading, then the rows, two spaces between columns, no space at the end of a line.
 * When it is wider than `columns`, the first column is cut. Cells hold no colour codes; `paint` colours a finished cell.
 */
export function tableLines(
  header: readonly Column[],
  rows: readonly (readonly string[])[],
  columns: number,
  paint: (cell: string, rowIndex: number, columnIndex: number) => string = (cell) => cell,
): readonly string[] {
  const widths = header.map((column, index) =>
    Math.max(displayWidth(column.heading), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1)
  const first = widths[0] ?? 0
  widths[0] = Math.max(minimumFirstColumn, Math.min(first, first - (total - columns)))
  if (total <= columns) widths[0] = first
  const line = (cells: readonly string[], rowIndex: number) =>
    header
      .map((column, index) => {
        const cell = truncate(cells[index] ?? '', widths[index] ?? 0)
        const padded = pad(cell, widths[index] ?? 0, column.align ?? 'left')
        return paint(padded, rowIndex, index)
      })
      .join(gap)
      .trimEnd()
  return [
    line(
      header.map((column) => column.heading),
      -1,
    ),
    ...rows.map((row, index) => line(row, index)),
  ]
}

const gap = '  '
/** Below this the names in the first column say nothing any more. */
const minimumFirstColumn = 8
