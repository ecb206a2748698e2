import { escapeControls } from '../terminal/escape.js'
import type { Style } from '../terminal/style.js'
import { wrap } from '../terminal/width.js'
import { counted, shownPath, type View } from './view.js'
import type { Account, AccountFact } from './wire.js'

/** One line: how many statements were found, and what becomes of them. */
export function accountSummary(account: Account): string {
  const { mapped, rewritten, dropped, needsAction } = account.counts
  const total = mapped + rewritten + dropped + needsAction
  return (
    `${counted(total, 'statement')} found: ${mapped} kept as ${mapped === 1 ? 'it is' : 'they are'}, ` +
    `${rewritten} rewritten, ${dropped} dropped, ${needsAction} for you to look at`
  )
}

/**
 * The fate of single statements, a line each and the reason below it: what needs action first, then what was dropped,
 * then what was rewritten. What was kept as it is gets a line only with `all`.
 */
export function factLines(
  facts: readonly AccountFact[],
  view: View,
  options: { readonly indent?: string; readonly all?: boolean; readonly withFile?: boolean } = {},
): readonly string[] {
  const indent = options.indent ?? '  '
  return fateOrder
    .flatMap((fate) => facts.filter((fact) => fact.fate === fate))
    .filter((fact) => options.all === true || fact.fate !== 'mapped')
    .flatMap((fact) => oneFact(fact, view, indent, options.withFile === true))
}

const fateOrder: readonly AccountFact['fate'][] = ['needs-action', 'dropped', 'rewritten', 'mapped']

function oneFact(fact: AccountFact, view: View, indent: string, withFile: boolean): readonly string[] {
  const { style } = view
  const mark = fateMarks[fact.fate]
  const where = shownPointer(fact, view, withFile)
  const reason = fact.reason === null ? '' : `: ${escapeControls(fact.reason.message)}`
  const [first = '', ...rest] = wrap(`${where}${reason}`, view.columns - indent.length - 2, '')
  const lines = [
    `${indent}${mark.paint(style)(mark.sign)} ${first}`,
    ...rest.map((line) => `${indent}  ${style.dim(line)}`),
  ]
  if (fact.fate !== 'needs-action' || fact.action === null) return lines
  const action = wrap(escapeControls(fact.action), view.columns - indent.length - 2, '→ ')
  return [...lines, ...action.map((line) => `${indent}  ${style.yellow(line)}`)]
}

/** The sign and colour of each fate. */
const fateMarks: {
  readonly [fate in AccountFact['fate']]: { readonly sign: string; readonly paint: (style: Style) => Style['red'] }
} = {
  'needs-action': { sign: '!', paint: (style) => style.yellow },
  dropped: { sign: '-', paint: (style) => style.red },
  rewritten: { sign: '~', paint: (style) => style.cyan },
  mapped: { sign: '+', paint: (style) => style.green },
}

function shownPointer(fact: AccountFact, view: View, withFile: boolean): string {
  const pointer = escapeControls(fact.pointer)
  if (withFile) return pointer === '' ? shownPath(fact.file, view) : `${shownPath(fact.file, view)}#${pointer}`
  return pointer === '' ? shownPath(fact.file, view) : pointer
}
