import { escapeControls } from '../terminal/escape.js'
import { tableLines } from '../terminal/table.js'
import { wrap } from '../terminal/width.js'
import { factLines } from './account-view.js'
import { kindOf } from './kind-names.js'
import { type ArtifactStatus, countReport, type ReportArtifact, type ReportKind } from './report.js'
import { messageLines, shownPath, shownPlace, type View } from './view.js'

/** A table with a row per kind, and one for all together when there are several. */
export function reportTable(kinds: readonly ReportKind[], view: View): readonly string[] {
  const seen = kinds.filter((kind) => kind.artifacts.length + kind.facts.length + kind.failures.length > 0)
  const rows = seen.map((kind) => row(kindOf(kind.itemType).label, [kind]))
  const all = seen.length > 1 ? [row('All', kinds)] : []
  if (view.columns < narrowestTable)
    return [...seen.map((kind) => [kind]), ...(all.length > 0 ? [kinds] : [])].flatMap((some) => narrowRow(some, view))
  const paint = (cell: string, rowIndex: number, columnIndex: number) => {
    if (rowIndex === -1) return view.style.bold(cell)
    if (columnIndex === 0) return cell
    if (/^\s*0$/.test(cell)) return view.style.dim(cell)
    return columnPaint[columnIndex]?.(view)(cell) ?? cell
  }
  return tableLines(header, [...rows, ...all], view.columns, paint)
}

/** Every artifact with what became of it, the statements in it that did not arrive as they were, and what to do. */
export function reportDetails(kinds: readonly ReportKind[], view: View): readonly string[] {
  return kinds.flatMap((kind) => {
    const lines = [
      ...kind.artifacts.filter(isNamed(kind)).flatMap((artifact) => artifactLines(artifact, view)),
      ...countedLines(kind, view),
      ...kind.failures.flatMap((failure) =>
        messageLines(failure.message, view.columns, '  ✗ ').map((line) => view.style.red(line)),
      ),
      ...factLines(kind.facts, view, { withFile: true }),
    ]
    return lines.length === 0 ? [] : ['', view.style.bold(kindOf(kind.itemType).label), ...lines]
  })
}

/** Of so many artifacts of a kind with the same plain outcome each has a line; more are counted. */
const mostNamed = 40

/** Thousands that arrived, or whose turn never came, say no more than their number does. */
function isCounted(kind: ReportKind, status: ArtifactStatus): boolean {
  return (status === 'arrived' || status === 'notRun') && withStatus(kind, status) > mostNamed
}

function isNamed(kind: ReportKind): (artifact: ReportArtifact) => boolean {
  const counted = new Set((['arrived', 'notRun'] as const).filter((status) => isCounted(kind, status)))
  return ({ status, facts }) =>
    !(status === 'arrived' || status === 'notRun') ||
    !counted.has(status) ||
    facts.some(({ fate }) => fate !== 'mapped')
}

function countedLines(kind: ReportKind, view: View): readonly string[] {
  const words = { arrived: 'arrived', notRun: 'not done' } as const
  return (['arrived', 'notRun'] as const)
    .filter((status) => isCounted(kind, status))
    .map((status) => `  ${signs[status](view)} ${withStatus(kind, status)} ${words[status]}`)
}

function withStatus(kind: ReportKind, status: ArtifactStatus): number {
  return kind.artifacts.filter((artifact) => artifact.status === status).length
}

const header = [
  { heading: '' },
  { heading: 'arrived', align: 'right' },
  { heading: 'there', align: 'right' },
  { heading: 'skipped', align: 'right' },
  { heading: 'failed', align: 'right' },
  { heading: 'rewritten', align: 'right' },
  { heading: 'dropped', align: 'right' },
  { heading: 'needs action', align: 'right' },
] as const

const columnPaint: { readonly [index: number]: (view: View) => (text: string) => string } = {
  1: (view) => view.style.green,
  4: (view) => view.style.red,
  5: (view) => view.style.cyan,
  6: (view) => view.style.red,
  7: (view) => view.style.yellow,
}

/** The headings alone take this much. */
const narrowestTable = 76

/** A row of the table as words: only what is not nothing. */
function narrowRow(kinds: readonly ReportKind[], view: View): readonly string[] {
  const [label = '', ...counts] = row(kinds.length === 1 ? kindOf(kinds[0]!.itemType).label : 'All', kinds)
  const words = counts.flatMap((count, index) => (count === '0' ? [] : [`${count} ${header[index + 1]?.heading}`]))
  return wrap(words.join(', ') || 'nothing', view.columns, `${label}: `)
}

function row(label: string, kinds: readonly ReportKind[]): readonly string[] {
  const counts = countReport(kinds)
  return [
    label,
    ...[
      counts.arrived,
      counts.unchanged,
      counts.skipped,
      counts.failed,
      counts.rewritten,
      counts.dropped,
      counts.needsAction,
    ].map(String),
  ]
}

function artifactLines(artifact: ReportArtifact, view: View): readonly string[] {
  const { style } = view
  const place = artifact.cwd === null ? '' : style.dim(` (${shownPlace(artifact.cwd, view)})`)
  const name = artifact.name === artifact.sourcePath ? shownPath(artifact.name, view) : escapeControls(artifact.name)
  const where = artifact.status === 'arrived' ? style.dim(` → ${shownPath(artifact.targetPath, view)}`) : ''
  const words = statusWords[artifact.status]
  const head = `  ${signs[artifact.status](view)} ${name}${place}${words === '' ? where : ` ${style.dim(words)}`}`
  // A statement with the same reason says it below.
  const isSaid = artifact.facts.some((fact) => fact.fate !== 'mapped' && fact.reason?.message === artifact.message)
  const why = artifact.message === null || isSaid ? [] : messageLines(artifact.message, view.columns, '      ')
  return [head, ...why, ...factLines(artifact.facts, view, { indent: '      ' })]
}

const signs: { readonly [status in ArtifactStatus]: (view: View) => string } = {
  arrived: (view) => view.style.green('✓'),
  nothing: (view) => view.style.dim('='),
  skipped: (view) => view.style.yellow('○'),
  failed: (view) => view.style.red('✗'),
  notRun: (view) => view.style.dim('·'),
}

const statusWords: { readonly [status in ArtifactStatus]: string } = {
  arrived: '',
  nothing: '(was already there)',
  skipped: '(skipped)',
  failed: '(failed)',
  notRun: '(not done)',
}
