import { escapeControls } from '../../terminal/escape.js'
import { wrap } from '../../terminal/width.js'
import { kindOf, kindOrder } from '../kind-names.js'
import { counted, shownPath, type View } from '../view.js'
import type { VerifyResult } from '../wire.js'

type Item = VerifyResult['items'][number]

/** Things that are named after an import; the rest is counted. */
const shownAfterImport = 8

/** Everything that was looked at: what does not work with its reasons and ways out, the rest by name. */
export function verificationLines(result: VerifyResult, view: View): readonly string[] {
  const items = [...result.items].sort((a, b) => kindOrder(a.itemType) - kindOrder(b.itemType))
  return [...items.flatMap((item) => itemLines(item, view)), '', summary(result, view)]
}

/** What does not work, after an import: nothing but one line when everything does. */
export function shortVerification(result: VerifyResult, view: View): readonly string[] {
  if (result.items.length === 0) return []
  const wrong = result.items.filter(({ status }) => status !== 'verified')
  const shown = wrong.slice(0, shownAfterImport).flatMap((item) => itemLines(item, view))
  const more = wrong.length > shownAfterImport ? [`  … ${counted(wrong.length - shownAfterImport, 'more thing')}`] : []
  const hint = wrong.length > 0 ? [view.style.dim(`All of it: gangway import verify ${result.importId ?? ''}`)] : []
  return ['', summary(result, view), ...shown, ...more, ...hint]
}

function summary({ counts }: VerifyResult, { style }: View): string {
  const parts = [
    `${counts.verified} verified`,
    counts.warning > 0 ? style.yellow(counted(counts.warning, 'warning')) : '',
    counts.broken > 0 ? style.red(`${counts.broken} broken`) : '',
  ]
  return style.bold(`Checked: ${parts.filter((part) => part !== '').join(', ')}.`)
}

function itemLines(item: Item, view: View): readonly string[] {
  const { style } = view
  const marks = { verified: style.green('✓'), warning: style.yellow('!'), broken: style.red('✗') }
  const name = item.path !== null && item.name === item.path ? shownPath(item.path, view) : escapeControls(item.name)
  const heading = `${marks[item.status]} ${kindOf(item.itemType).label}: ${name}`
  return [heading, ...item.checks.flatMap((check) => checkLines(check, view))]
}

function checkLines({ message, action }: Item['checks'][number], view: View): readonly string[] {
  const room = view.columns - 2
  const reason = wrap(escapeControls(message), room)
  const way = action === null ? [] : wrap(escapeControls(action), room, '→ ')
  return [...reason.map((line) => `  ${line}`), ...way.map((line) => `  ${view.style.yellow(line)}`)]
}
