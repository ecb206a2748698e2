import { escapeControls } from '../terminal/escape.js'
import { truncate } from '../terminal/width.js'
import { counted, messageLines, type View } from './view.js'
import type { ItemResult, MigrationItem, SessionProgress, StepResult } from './wire.js'

/** One line for each conversation of a step: that it arrived, or why not. None for one that says only that work goes on. */
export function sessionLines(result: StepResult, progress: SessionProgress, view: View): readonly string[] {
  const { style } = view
  const told = result.successes.length + result.skipped.length + result.rawErrors.length
  let place = Math.max(0, progress.done - told)
  const count = () => style.dim(`${Math.min(++place, progress.total)}/${progress.total}`)
  return [
    ...result.successes.map(({ title, source }) => {
      const name = truncate(escapeControls(title ?? source ?? ''), Math.max(20, view.columns - 16))
      return `${style.green('✓')} ${count()} ${name}`
    }),
    ...result.skipped.flatMap(({ message }) => messageLines(message, view.columns, `${style.yellow('○')} ${count()} `)),
    ...result.rawErrors.flatMap(({ message }) => messageLines(message, view.columns, `${style.red('✗')} ${count()} `)),
  ]
}

/** What of an item’s conversations is new, and what has grown: `290 new, 12 grown`. Empty for other items. */
export function sessionCounts({ details }: MigrationItem): string {
  const sessions = details?.sessions ?? []
  const grown = sessions.filter(({ state }) => state === 'grown').length
  if (sessions.length === 0) return ''
  return grown === 0 ? '' : `${sessions.length - grown} new, ${grown} grown`
}

/** What in conversations did not arrive as it was, counted by class, most often first. */
export function sessionFactLines(results: readonly ItemResult[], view: View): readonly string[] {
  const facts = results.flatMap((result) => result.facts ?? []).filter(({ fate }) => fate !== 'mapped')
  return [...facts]
    .sort((a, b) => b.count - a.count)
    .flatMap(({ what, fate, reason, count }) => {
      const why = reason === null ? '' : `: ${reason.message}`
      return messageLines(`${counted(count, 'time')} ${fate}, ${what}${why}`, view.columns, '  ')
    })
}
