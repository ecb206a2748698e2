import type { ImportSession, Scope } from '../../session/import-session.js'
import type { Terminal } from '../../terminal/terminal.js'
import type { ImportOptions } from '../import-options.js'
import type { JoinedPages } from '../session-pages.js'
import { showWork } from './live-progress.js'

/**
 * Asks what the command line leaves open: which agents, and which of their projects. Asks nothing where there is no choice.
 *
 * @param whole a scope for each agent that the command line means
 * @param session one that remembers what it found: each scope is looked at again afterwards
 * @returns one scope for each agent that was picked; empty when the person called it off
 */
export async function askScopes(
  session: ImportSession,
  whole: readonly Scope[],
  options: Pick<ImportOptions, 'isFromGiven' | 'homeOnly' | 'cwds'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly Scope[]> {
  showWork(terminal, 'looking …')
  let agents: readonly Scope[] | null = whole
  const [first] = whole
  if (!options.isFromGiven && first !== undefined) {
    const { pickAgents } = await import('./pick-agents.js')
    agents = await pickAgents(session, first, terminal, signal)
  }
  const scopes: Scope[] = []
  for (const scope of agents ?? []) {
    const isOpen = !options.homeOnly && options.cwds.length === 0
    const projects = isOpen ? await askProjects(session, scope, terminal, signal) : []
    if (projects === null) return []
    scopes.push({ ...scope, cwds: [...scope.cwds, ...projects] })
  }
  return scopes
}

async function askProjects(
  session: ImportSession,
  scope: Scope,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const { items, arrived } = await session.detect(scope, signal)
  const coming = items.flatMap(({ details }) => details?.sessions ?? [])
  if (coming.length + arrived.length === 0) return []
  const { pickProjects } = await import('./pick-projects.js')
  return pickProjects(session, scope, { sessions: [...coming, ...arrived], items }, terminal, signal)
}

/** A session that looks once at each scope: thousands of conversations are not read twice for two questions. */
export function rememberFound(session: ImportSession): ImportSession {
  const found = new Map<string, Promise<JoinedPages>>()
  return {
    ...session,
    detect(scope, signal) {
      const key = JSON.stringify(scope)
      const known = found.get(key) ?? session.detect(scope, signal)
      found.set(key, known)
      return known
    },
  }
}
