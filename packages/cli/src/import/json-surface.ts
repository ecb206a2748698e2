import type { Terminal } from '../terminal/terminal.js'
import type { ImportSurface } from './perform-import.js'
import { stepLine } from './progress-view.js'
import { sessionLines } from './sessions-view.js'
import type { View } from './view.js'

/**
 * A surface for programs: takes everything that was found, asks nothing, and shows progress on standard error only when
 * that is a terminal.
 */
export function jsonSurface(terminal: Terminal, view: View, write: boolean): ImportSurface {
  return {
    found() {},
    pick: async (items) => items,
    planned() {},
    approve: async () => (write ? 'write' : 'leave'),
    progressed(result, step, steps) {
      if (terminal.errorIsTerminal) terminal.printError(`${stepLine(result, step, steps, view)}\n`)
    },
    sessionsProgressed(result, progress) {
      if (!terminal.errorIsTerminal) return
      for (const line of sessionLines(result, progress, view)) terminal.printError(`${line}\n`)
    },
  }
}
