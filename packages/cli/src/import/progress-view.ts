import { escapeControls } from '../terminal/escape.js'
import { kindOf } from './kind-names.js'
import { shownPlace, type View } from './view.js'
import type { StepResult } from './wire.js'

/** One line for one finished step of an import. `step` and `steps` count from 1. */
export function stepLine(result: StepResult, step: number, steps: number, view: View): string {
  const { style } = view
  const parts = [
    result.successCount > 0 ? style.green(`${result.successCount} arrived`) : '',
    result.skipped.length > 0 ? style.yellow(`${result.skipped.length} skipped`) : '',
    result.errorCount > 0 ? style.red(`${result.errorCount} failed`) : '',
  ].filter((part) => part !== '')
  const outcome = parts.length === 0 ? style.dim('nothing to do') : parts.join(', ')
  const sign = result.errorCount > 0 ? style.red('✗') : style.green('✓')
  const label = escapeControls(kindOf(result.itemType).label)
  return `${sign} ${style.dim(`${step}/${steps}`)} ${label} from ${shownPlace(result.cwd, view)}: ${outcome}`
}
