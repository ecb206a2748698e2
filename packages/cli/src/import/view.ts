import { sep } from 'node:path'
import { userHomeOf } from '../session/codex-home.js'
import { escapeControls } from '../terminal/escape.js'
import type { Style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import { displayWidth, wrap } from '../terminal/width.js'

/** What the view functions need to know of where their lines go. */
export interface View {
  readonly columns: number
  readonly style: Style
  /** Shortened to `~` at the start of paths. */
  readonly userHome: string
}

/** What views need to know of a terminal. */
export function viewOf(terminal: Terminal): View {
  return { columns: terminal.columns, style: terminal.style, userHome: userHomeOf(terminal) }
}

/** A path for people: `~` for the home directory, control characters spelled out. */
export function shownPath(path: string, view: View): string {
  const inHome = view.userHome !== '' && (path === view.userHome || path.startsWith(view.userHome + sep))
  return escapeControls(inHome ? `~${path.slice(view.userHome.length)}` : path)
}

/** `home`, or the repository's path. */
export function shownPlace(cwd: string | null | undefined, view: View): string {
  return cwd === null || cwd === undefined || cwd === '' ? 'home' : shownPath(cwd, view)
}

/** `1 file`, `3 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** A message for people as lines: its own line ends are kept, everything else that is not plain text is spelled out. */
export function messageLines(message: string, columns: number, first: string): readonly string[] {
  const indent = ' '.repeat(displayWidth(first))
  return message
    .trimEnd()
    .split('\n')
    .flatMap((line, index) => wrap(escapeControls(line), columns, index === 0 ? first : indent))
}
