import { join } from 'node:path'
import { escapeControls } from '../terminal/escape.js'
import { wrap } from '../terminal/width.js'
import { mergeWarnings } from './json-document.js'
import type { ImportEnd } from './perform-import.js'
import { environmentLines, section, warningLines } from './plan-view.js'
import { countReport, joinReport, type ReportKind } from './report.js'
import { reportDetails, reportTable } from './report-view.js'
import { sessionFactLines } from './sessions-view.js'
import { counted, shownPath, type View } from './view.js'

/** The last words of an import: what was done, item by item, and what the person should do next. */
export function endLines(end: ImportEnd, codexHome: string, view: View): readonly string[] {
  const { style } = view
  switch (end.status) {
    case 'planned':
      return [
        '',
        `Nothing was written. To write exactly this plan: ${style.bold(`--yes=${end.preview?.digest ?? ''}`)}`,
      ]
    case 'nothing':
      return [...warningLines(end.warnings, view), '', nothingSentence(end)]
    case 'stale':
      return ['', style.red(`The plan is stale: ${escapeControls(end.error ?? '')}`)]
    case 'failed':
      if (end.results === null) {
        return ['', style.red(`Nothing was imported: ${escapeControls(end.error ?? 'the server gave no reason')}`)]
      }
      return reportLines(end, codexHome, view)
    case 'interrupted':
      return end.results === null ? ['', 'Stopped. Nothing was written.'] : reportLines(end, codexHome, view)
    case 'completed':
      return reportLines(end, codexHome, view)
  }
}

function nothingSentence(end: ImportEnd): string {
  return end.warnings.length === 0
    ? 'There is nothing to import.'
    : 'Nothing was offered. What is named above stands in the way, or is all that there is: mend it, and import again.'
}

function reportLines(end: ImportEnd, codexHome: string, view: View): readonly string[] {
  const { preview } = end
  const { style } = view
  if (preview === null) return []
  const kinds = joinReport(preview, end.results)
  return [
    ...reportDetails(kinds, view),
    ...section('In conversations, not as it was', sessionFactLines(end.results ?? [], view), view),
    ...environmentLines(preview.environment, view),
    ...warningLines(mergeWarnings(end.warnings, preview.warnings), view),
    '',
    ...reportTable(kinds, view),
    '',
    ...wrap(headline(end, kinds, view), view.columns),
    ...(countReport(kinds).arrived > 0
      ? wrap(
          'What arrived is seen by new threads: start a new one, or restart the program that has one open.',
          view.columns,
        )
      : []),
    style.dim(`Import ${end.importId ?? ''}`),
    style.dim(`Journal ${shownPath(join(codexHome, 'gangway', 'journal', end.importId ?? ''), view)}`),
    style.dim(`To take it back: gangway import undo ${end.importId ?? ''}`),
  ]
}

function headline(end: ImportEnd, kinds: readonly ReportKind[], view: View): string {
  const { arrived, failed, needsAction } = countReport(kinds)
  const parts = [
    `${counted(arrived, 'thing')} arrived`,
    failed > 0 ? view.style.red(`${failed} failed`) : '',
    needsAction > 0 ? view.style.yellow(`${counted(needsAction, 'statement')} for you to look at`) : '',
  ].filter((part) => part !== '')
  const sentence = `${parts.join(', ')}.`
  if (end.status !== 'interrupted') return view.style.bold(sentence)
  const isWhole = kinds.every((kind) => kind.artifacts.every((artifact) => artifact.status !== 'notRun'))
  return view.style.bold(
    `${isWhole ? 'Stopped, though nothing was left to do' : 'Stopped before the end'}: ${sentence}`,
  )
}
