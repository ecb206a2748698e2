import type { MigrationItemType } from '@gangway/protocol'
import type { ImportProblem } from './fact.js'
import { pluginProblem, problem } from './problems.js'
import type { MigrationItem } from './wire.js'

/** A name that an item selects, and that nothing has. */
export function nameNotFound(itemType: MigrationItemType, name: string): ImportProblem {
  if (itemType === 'MEMORY') {
    // Source: reference 0.169.0, import-artifacts 1.4.
    const found = problem(itemType, 'name_not_found', `selected memory was not found: ${name}`, name)
    return { ...found, failureStage: 'memory_import' }
  }
  if (itemType !== 'PLUGINS') {
    return problem(itemType, 'name_not_found', `${itemType}: nothing called "${name}" was found`, null)
  }
  const marketplace = name.slice(name.lastIndexOf('@') + 1)
  const message = `external agent plugin marketplace source was not found: ${marketplace}`
  return pluginProblem('marketplace_not_found', message, name)
}

/** Why an item of plugins is not looked at. Source: reference 0.169.0, its messages. */
export function refusedPlugins({ cwd, details }: MigrationItem): ImportProblem | undefined {
  if (cwd) {
    return pluginProblem('repository_plugins', 'repository-scoped plugin migration is not allowed', null)
  }
  return details?.plugins
    ? undefined
    : pluginProblem('missing_details', 'plugins migration item is missing details', null)
}
