import type { Terminal } from '../terminal/terminal.js'
import { factLines } from './account-view.js'
import { diffLines } from './diff-view.js'
import type { ImportSurface } from './perform-import.js'
import { planLines } from './plan-view.js'
import { stepLine } from './progress-view.js'
import { sessionLines } from './sessions-view.js'
import type { View } from './view.js'
import type { MigrationItem, Preview } from './wire.js'
import { clearLine, liveProgress, showWork } from './wizard/live-progress.js'
import type { ForeignSession } from './wizard/session-choice.js'

/** How much a terminal surface asks. */
export interface TerminalSurfaceOptions {
  /** Whether to let the person pick and confirm. */
  readonly ask: boolean
  /** Whether to write when nobody is asked; else the plan is shown with its diff, and that is all. */
  readonly write: boolean
}

/** A surface for people: shows lines, and asks when it may. */
export function terminalSurface(terminal: Terminal, view: View, options: TerminalSurfaceOptions): ImportSurface {
  let arrived: readonly ForeignSession[] = []
  const live = options.ask ? liveProgress(terminal, view) : undefined
  return {
    found(_items, _warnings, arrivedBefore) {
      arrived = arrivedBefore
      if (options.ask) clearLine(terminal)
    },
    async pick(items: readonly MigrationItem[]) {
      if (!options.ask) return items
      const { askForItems } = await import('./prompts.js')
      clearLine(terminal)
      const picked = await askForItems(items, arrived, view)
      if (picked !== null) showWork(terminal, 'planning …')
      return picked
    },
    planned(preview) {
      if (options.ask) clearLine(terminal)
      terminal.print(['', ...planLines(preview, view), ''])
    },
    async approve(preview) {
      if (options.ask) return askUntilDecided(preview, terminal, view)
      if (options.write) return 'write'
      terminal.print(diffLines(preview.files, view))
      return 'leave'
    },
    progressed(result, step, steps) {
      live?.end()
      terminal.print([stepLine(result, step, steps, view)])
    },
    sessionsProgressed(result, progress) {
      if (live) live.update(result, progress)
      else terminal.print(sessionLines(result, progress, view))
    },
    ended: () => live?.end(),
  }
}

async function askUntilDecided(preview: Preview, terminal: Terminal, view: View): Promise<'write' | 'stop'> {
  const { askAboutPlan } = await import('./prompts.js')
  for (;;) {
    const answer = await askAboutPlan()
    if (answer === 'write' || answer === 'stop') return answer
    terminal.print(
      answer === 'diff'
        ? diffLines(preview.files, view)
        : factLines(preview.account.facts, view, { all: true, withFile: true }),
    )
  }
}
