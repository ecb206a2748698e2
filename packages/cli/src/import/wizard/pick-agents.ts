import { isCancel, multiselect } from '@clack/prompts'
import type { ImportSession, Scope } from '../../session/import-session.js'
import type { Terminal } from '../../terminal/terminal.js'
import { knownSources } from '../import-options.js'
import { kindOf } from '../kind-names.js'
import { clearLine, showWork } from './live-progress.js'

/**
 * Asks which agents to bring over from, when more than one left something here. A short look, which reads one conversation of each.
 *
 * @returns a scope for each, the given one when there is nothing of any; null when the person calls it off
 */
export async function pickAgents(
  session: ImportSession,
  scope: Scope,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly Scope[] | null> {
  const looks = knownSources.map(async ({ id, name }) => {
    const { items } = await session.detect({ ...scope, migrationSource: id, maxSessions: 1 }, signal)
    const kinds = [...new Set(items.map(({ itemType }) => kindOf(itemType).label.toLowerCase()))]
    return { id, name, kinds }
  })
  const found = (await Promise.all(looks)).filter(({ kinds }) => kinds.length > 0)
  if (found.length < 2) return [{ ...scope, migrationSource: found[0]?.id ?? scope.migrationSource }]
  clearLine(terminal)
  const picked = await multiselect({
    message: 'More than one agent left something here: from which?',
    options: found.map(({ id, name, kinds }) => ({ value: id, label: name, hint: kinds.join(', ') })),
    initialValues: found.map(({ id }) => id),
    required: true,
  })
  if (!isCancel(picked)) showWork(terminal, 'looking …')
  return isCancel(picked) ? null : picked.map((migrationSource) => ({ ...scope, migrationSource }))
}
