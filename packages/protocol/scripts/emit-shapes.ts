import type { Definitions, JsonSchema } from '../src/bundle/json-schema.js'
import type { ClientMethodRow } from '../src/methods/row.js'
import { clientMethods } from '../src/methods.js'

/** The text of `definitions.gen.ts`: every named type as JSON Schema, for the bundles. */
export function emitDefinitions(definitions: Definitions, banner: string): string {
  return `${banner}
import type { Definitions } from './json-schema.js'

/** Every named type as JSON Schema. */
export const definitions: Definitions = ${JSON.stringify(definitions, undefined, 2)}
`
}

/**
 * The text of `shapes.gen.ts`: what a refusal is worded from, and the experimental members of params.
 *
 * The shapes are one string, so that a program that never sees a wrong message never parses them.
 */
export function emitShapes(definitions: Definitions, banner: string): string {
  const shapes = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, bare(schema)]))
  const experimental = Object.entries<ClientMethodRow>(clientMethods).flatMap(([method, { params }]) => {
    const members = Object.entries(params === undefined ? {} : (definitions[params]?.properties ?? {}))
    const names = members.filter(([, member]) => member.experimental).map(([name]) => name)
    return names.length === 0 ? [] : [[method, names] as const]
  })
  return `${banner}
/** Every named type as JSON Schema without descriptions, as JSON. */
export const shapesJson =
  ${literal(JSON.stringify(shapes))}

/** The members of params that need \`experimentalApi\`, by method. */
export const experimentalMembers: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(experimental), undefined, 2)}
`
}

function bare(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)),
  )
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
