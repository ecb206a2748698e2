import { statSync } from 'node:fs'
import { autocompleteMultiselect, isCancel } from '@clack/prompts'
import type { ImportSession, Scope } from '../../session/import-session.js'
import type { Terminal } from '../../terminal/terminal.js'
import { truncate } from '../../terminal/width.js'
import { kindOf } from '../kind-names.js'
import { shownPath, viewOf } from '../view.js'
import type { MigrationItem } from '../wire.js'
import { clearLine } from './live-progress.js'
import { type ForeignSession, projectsOf } from './session-choice.js'

/** Projects that are looked into; whoever has more names them with `--cwd`. */
const mostProjects = 200

/**
 * Asks which other projects to bring over from: those that the agent worked in, that are still there, and that hold something.
 * Nothing is asked when there are none.
 *
 * @returns folders beside those of `scope`; null when the person calls it off
 */
export async function pickProjects(
  session: ImportSession,
  scope: Scope,
  seen: { readonly sessions: readonly ForeignSession[]; readonly items: readonly MigrationItem[] },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const view = viewOf(terminal)
  const covered = new Set([view.userHome, ...scope.cwds, ...seen.items.flatMap(({ cwd }) => cwd ?? [])])
  const folders = projectsOf(seen.sessions)
    .map(({ cwd }) => cwd)
    .filter((cwd) => !covered.has(cwd) && isFolder(cwd))
    .slice(0, mostProjects)
  if (folders.length === 0) return []
  const { items } = await session.detect({ ...scope, includeHome: false, cwds: folders, maxSessions: 0 }, signal)
  const places = [...new Set(items.flatMap(({ cwd }) => cwd ?? []))].filter((cwd) => !covered.has(cwd))
  if (places.length === 0) return []
  clearLine(terminal)
  const picked = await autocompleteMultiselect({
    message: 'Other projects of this agent hold something, too: from which? (Tab to mark, Enter to go on)',
    options: places.map((cwd) => {
      const kinds = items.filter((item) => item.cwd === cwd).map(({ itemType }) => kindOf(itemType).label.toLowerCase())
      const label = `${shownPath(cwd, view)}: ${[...new Set(kinds)].join(', ')}`
      return { value: cwd, label: truncate(label, view.columns - frameColumns) }
    }),
    required: false,
    maxItems: visibleRows,
  })
  return isCancel(picked) ? null : picked
}

/** Rows of a list on the screen at once. */
const visibleRows = 12
/** What a line of a list takes beside its label: bar, box, brackets and spaces. */
const frameColumns = 9

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
