import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { type Expected, expectedOf } from './known-keys.js'

/**
 * What is wrong with a configuration, as the reference words it (`invalid type: … expected …`, then `in` the key, each
 * line with its end), or undefined. Looks at the keys it knows; the others may hold anything. Touches no disk.
 */
export function findFault(config: Table): string | undefined {
  return faultBelow(config, [], '') ?? featureFault(config) ?? serverFault(config)
}

function faultBelow(table: Table, path: readonly string[], pattern: string): string | undefined {
  for (const key of Object.keys(table)) {
    const value = table[key]
    const here = [...path, key]
    const exact = pattern === '' ? key : `${pattern}.${key}`
    const any = `${pattern}.*`
    const known = expectedOf.has(exact) ? exact : any
    const expected = expectedOf.get(known)
    const message = expected && mismatch(value, expected)
    if (message) return `${message}\nin \`${here.join('.')}\`\n`
    const below = isTable(value) ? faultBelow(value, here, hasBelow(exact) ? exact : any) : undefined
    if (below) return below
  }
  return undefined
}

function hasBelow(pattern: string): boolean {
  for (const key of expectedOf.keys()) if (key.startsWith(`${pattern}.`)) return true
  return false
}

function mismatch(value: unknown, expected: Expected): string | undefined {
  if (expected.type === 'words') {
    return fits(value, expected.words) ? undefined : `invalid type: ${wordsFor(value)}, expected ${expected.words}`
  }
  const name = isTable(value) ? Object.keys(value)[0] : value
  if (typeof name !== 'string') return 'invalid type: unit variant, expected string only'
  return expected.names.includes(name) ? undefined : `unknown variant \`${name}\`, expected ${oneOf(expected.names)}`
}

function fits(value: unknown, words: string): boolean {
  if (words === 'a string' || words === 'path string') return typeof value === 'string'
  if (words === 'a boolean') return typeof value === 'boolean'
  if (words === 'a sequence') return Array.isArray(value)
  if (words === 'f64') return isWhole(value) || typeof value === 'number'
  if (words === 'i64') return isWhole(value)
  if (/^u\d|^usize/.test(words)) return isWhole(value)
  return isTable(value)
}

function isWhole(value: unknown): boolean {
  return typeof value === 'bigint' || Number.isInteger(value)
}

/** A value as the reference names it. */
function wordsFor(value: unknown): string {
  if (typeof value === 'string') return `string ${JSON.stringify(value)}`
  if (typeof value === 'boolean') return `boolean \`${value}\``
  if (isWhole(value)) return `integer \`${String(value)}\``
  if (typeof value === 'number') return `floating point \`${value}\``
  return Array.isArray(value) ? 'sequence' : 'map'
}

function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``)
  if (quoted.length <= 2) return quoted.join(' or ')
  return `one of ${quoted.join(', ')}`
}

/** Switches are yes or no; the few features with settings of their own are tables. */
function featureFault({ features }: Table): string | undefined {
  if (!isTable(features)) return undefined
  const wrong = Object.values(features).find((value) => typeof value !== 'boolean' && !isTable(value))
  return wrong === undefined ? undefined : `invalid type: ${wordsFor(wrong)}, expected a boolean\nin \`features\`\n`
}

/** A server is started or called, not both. */
function serverFault({ mcp_servers: servers }: Table): string | undefined {
  if (!isTable(servers)) return undefined
  for (const name of Object.keys(servers)) {
    const server = servers[name]
    const message = isTable(server) ? transportFault(server) : undefined
    if (message) return `${message}\nin \`mcp_servers.${name}\`\n`
  }
  return undefined
}

function transportFault(server: Table): string | undefined {
  const has = (key: string) => server[key] !== undefined
  if (!has('command')) return has('url') ? undefined : 'invalid transport'
  const foreign = ['url', 'bearer_token', 'bearer_token_env_var', 'http_headers', 'env_http_headers'].find(has)
  return foreign && `${foreign} is not supported for stdio`
}
