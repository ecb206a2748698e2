import { basename } from 'node:path'
import { escapeControls } from '../../terminal/escape.js'
import type { Terminal } from '../../terminal/terminal.js'
import { truncate } from '../../terminal/width.js'
import { sessionLines } from '../sessions-view.js'
import type { View } from '../view.js'
import type { SessionProgress, StepResult } from '../wire.js'
import { durationWords, type Pace, ProgressMeter } from './progress-meter.js'

/** So many conversations get a line each; of more, only those that did not arrive. */
const fewSessions = 40

/** A bar at the foot of the terminal, with lines above it that stay. */
export interface LiveProgress {
  update(result: StepResult, progress: SessionProgress): void
  /** Takes the bar away. May be called again. */
  end(): void
}

/** Says at the foot of the terminal what takes a moment. */
export function showWork(terminal: Terminal, words: string): void {
  terminal.printError(terminal.errorStyle.dim(words))
}

/** Takes away what stands in the last line. */
export function clearLine(terminal: Terminal): void {
  terminal.printError('\r\u001b[2K')
}

/** Shows how an import of conversations goes on: how many of how many, how fast, how long still, and which one. */
export function liveProgress(
  terminal: Terminal,
  view: View,
  now: () => number = () => performance.now(),
): LiveProgress {
  const meter = new ProgressMeter()
  let isShown = false
  const end = () => {
    if (isShown) clearLine(terminal)
    isShown = false
  }
  return {
    update(result, progress) {
      const told = progress.total > fewSessions ? { ...result, successes: [] } : result
      const lines = sessionLines(told, progress, view)
      end()
      terminal.print(lines)
      if (progress.done >= progress.total) return
      const pace = meter.update(progress.done, progress.total, now())
      const title = result.successes.at(-1)?.title ?? (progress.path === null ? '' : basename(progress.path))
      terminal.printError(progressBar(progress, pace, title, view))
      isShown = true
    },
    end,
  }
}

/** One line, a column narrower than the terminal, so that it never breaks. */
export function progressBar(
  { done, total }: SessionProgress,
  pace: Pace,
  title: string,
  { columns, style }: View,
): string {
  const width = Math.max(5, Math.min(24, Math.floor(columns / 4)))
  const filled = total === 0 ? width : Math.floor((width * done) / total)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`
  const facts = [
    `${done}/${total}`,
    ...(pace.perSecond === undefined
      ? []
      : [`${pace.perSecond >= 10 ? Math.round(pace.perSecond) : pace.perSecond.toFixed(1)}/s`]),
    ...(pace.secondsLeft === undefined ? [] : [`${durationWords(pace.secondsLeft)} left`]),
    escapeControls(title),
  ].filter((fact) => fact !== '')
  const words = truncate(facts.join(' · '), Math.max(0, columns - width - 2))
  return `${style.cyan(bar)} ${words}`
}
