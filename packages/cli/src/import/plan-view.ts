import { escapeControls } from '../terminal/escape.js'
import { displayWidth, pad, truncate } from '../terminal/width.js'
import { accountSummary, factLines } from './account-view.js'
import { kindOf, kindOrder } from './kind-names.js'
import { counted, messageLines, shownPath, shownPlace, type View } from './view.js'
import type { EnvironmentNeed, ImportWarning, Preview, PreviewArtifact, PreviewItem } from './wire.js'

/** A plan for people: what comes from where, which files are written, what stays behind and what they must do. */
export function planLines(preview: Preview, view: View): readonly string[] {
  const { style } = view
  const needsAction = preview.account.facts.filter((fact) => fact.fate === 'needs-action')
  return [
    ...itemLines(preview.items, view),
    '',
    style.bold(writtenHeading(preview)),
    ...preview.files.map(
      (file) =>
        `  ${fileSigns[file.status](view)} ${shownPath(file.path, view)}${file.binary ? style.dim(' (binary)') : ''}`,
    ),
    ...section('Stays behind', staysBehind(preview.items, view), view),
    ...section('For you to look at', factLines(needsAction, view, { withFile: true }), view),
    ...environmentLines(preview.environment, view),
    ...warningLines(preview.warnings, view),
    '',
    `${accountSummary(preview.account)}.`,
    style.dim(`Plan ${preview.digest}`),
  ]
}

/** Names to export before what arrives can work, with what uses them. */
export function environmentLines(environment: readonly EnvironmentNeed[], view: View): readonly string[] {
  const width = Math.max(0, ...environment.map((need) => displayWidth(escapeControls(need.name))))
  const lines = environment.map((need) => {
    const users = need.usedBy.map((user) => shownPath(user, view)).join(', ')
    return `  ${pad(escapeControls(need.name), width)}  ${view.style.dim(`for ${users}`)}`
  })
  return section('Export these names in your shell (their values are not copied)', lines, view)
}

/** What could not be read or written while looking, with line and column where they are known. */
export function warningLines(warnings: readonly ImportWarning[], view: View): readonly string[] {
  const lines = warnings.flatMap((warning) => {
    const { path, line, column, message } = warning
    const position = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`
    const place = path === null || message.includes(path) ? '' : `${shownPath(path, view)}${position}: `
    return messageLines(place + message, view.columns, '  ')
  })
  return section('Could not be used', lines, view)
}

/** A blank line, a heading and lines; nothing when there are no lines. */
export function section(heading: string, lines: readonly string[], view: View): readonly string[] {
  return lines.length === 0 ? [] : ['', view.style.bold(heading), ...lines]
}

function itemLines(items: readonly PreviewItem[], view: View): readonly string[] {
  const shown = items.filter((item) => item.artifacts.length > 0 || item.error !== null)
  const places = [...new Set(shown.map((item) => item.cwd))]
  return places.flatMap((cwd, index) => {
    const here = shown.filter((item) => item.cwd === cwd).sort((a, b) => kindOrder(a.itemType) - kindOrder(b.itemType))
    return [
      ...(index === 0 ? [] : ['']),
      view.style.bold(`From ${shownPlace(cwd, view)}`),
      ...here.map((item) => itemLine(item, view)),
    ]
  })
}

function itemLine(item: PreviewItem, view: View): string {
  const { style } = view
  const label = pad(kindOf(item.itemType).label, labelWidth)
  if (item.error !== null) return `  ${label} ${style.red(`cannot be done: ${escapeControls(item.error.message)}`)}`
  const coming = item.artifacts.filter((artifact) => artifact.outcome === 'change')
  const names = coming
    .slice(0, view.columns)
    .map((artifact) => shownName(artifact, view))
    .join(', ')
  const rest = countOthers(item.artifacts)
  const count = pad(` ${coming.length}`, 4, 'right')
  const room = view.columns - labelWidth - displayWidth(rest) - displayWidth(count) - 6
  return `  ${label}${count}  ${truncate(names, Math.max(10, room))}${rest === '' ? '' : style.dim(` ${rest}`)}`.trimEnd()
}
/** Fits the longest label. */
const labelWidth = 13

function countOthers(artifacts: readonly PreviewArtifact[]): string {
  const count = (outcome: PreviewArtifact['outcome']) =>
    artifacts.filter((artifact) => artifact.outcome === outcome).length
  const parts = [
    [count('nothing'), 'already there'],
    [count('skipped'), 'skipped'],
    [count('failed'), 'cannot be read'],
  ] as const
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  return words.length === 0 ? '' : `(${words.join(', ')})`
}

function shownName(artifact: PreviewArtifact, view: View): string {
  return artifact.name === null ? shownPath(artifact.sourcePath, view) : escapeControls(artifact.name)
}

function staysBehind(items: readonly PreviewItem[], view: View): readonly string[] {
  return items.flatMap((item) => {
    const label = kindOf(item.itemType).label
    const left = item.artifacts.filter((artifact) => artifact.outcome === 'skipped' || artifact.outcome === 'failed')
    return left.flatMap((artifact) => {
      const why = artifact.error?.message ?? artifact.reason?.message ?? artifact.outcome
      const name = shownName(artifact, view)
      const subject = why.includes(name) ? label : `${label}: ${name}`
      return messageLines(`${subject}: ${why}`, view.columns, '  ')
    })
  })
}

function writtenHeading(preview: Preview): string {
  const threads = preview.items
    .filter((item) => item.itemType === 'SESSIONS')
    .flatMap((item) => item.artifacts.filter((artifact) => artifact.outcome === 'change')).length
  const parts = [
    preview.files.length > 0 ? fileCounts(preview) : '',
    threads > 0 ? `threads of ${counted(threads, 'conversation')}` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'No file will be written' : `Will be written (${parts.join('; ')})`
}

function fileCounts(preview: Preview): string {
  const count = (status: string) => preview.files.filter((file) => file.status === status).length
  const parts = [`${count('create')} new`, `${count('modify')} changed`, `${count('replace')} replaced`]
  return `${counted(preview.files.length, 'file')}: ${parts.filter((part) => !part.startsWith('0 ')).join(', ')}`
}

const fileSigns = {
  create: (view: View) => view.style.green('+'),
  modify: (view: View) => view.style.yellow('~'),
  replace: (view: View) => view.style.red('!'),
}
