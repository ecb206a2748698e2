import type { Table } from '../changes/change.js'
import { emptyKeys, settings } from './default-values.js'
import { expectedOf } from './known-keys.js'

/** Top-level keys that are neither null by default nor have a value: tables that people name the entries of. */
const others = ['mcp_servers', 'model_providers', 'marketplaces', 'plugins', 'shell_environment_policy', 'history']

/** The first key at the top of a configuration that is not known; undefined when all are. Source: reference 0.169.0. */
export function findUnknownKey(config: Table): string | undefined {
  return Object.keys(config).find((key) => !knownKeys().has(key))
}

let known: ReadonlySet<string> | undefined

function knownKeys(): ReadonlySet<string> {
  known ??= new Set([
    ...emptyKeys,
    ...Object.keys(settings),
    ...[...expectedOf.keys()].map((key) => key.split('.')[0] ?? key),
    ...others,
  ])
  return known
}
