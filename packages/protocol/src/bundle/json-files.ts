import { type Definitions, type JsonSchema, reachableFrom, referencesOf } from './json-schema.js'
import type { Bundle } from './messages.js'

/** The file that holds every type. The name is the reference's, so that what reads its bundle finds ours. */
export const COMBINED_FILE = 'codex_app_server_protocol.v2.schemas.json'
const DRAFT = 'http://json-schema.org/draft-07/schema#'

/** The JSON Schema bundle: one file with everything, and one for each message union and each payload, complete in itself. */
export function jsonFiles({ definitions, unions, payloads }: Bundle): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    [COMBINED_FILE]: text({
      $schema: DRAFT,
      title: 'CodexAppServerProtocolV2',
      type: 'object',
      definitions: given(definitions),
    }),
  }
  for (const name of unions) files[`${name}.json`] = fileOf(name, definitions)
  for (const name of payloads) files[`${folderOf(name)}/${name}.json`] = fileOf(name, definitions)
  return files
}

/** As the reference sorts them: the handshake is older than the rest. */
function folderOf(name: string): string {
  return name.startsWith('Initialize') ? 'v1' : 'v2'
}

function fileOf(name: string, definitions: Definitions): string {
  const schema = definitions[name]!
  const needed = reachableFrom(referencesOf(schema), definitions)
  const own = Object.fromEntries(needed.map((other) => [other, definitions[other]!]))
  return text({
    $schema: DRAFT,
    title: name,
    ...givenSchema(schema),
    ...(needed.length > 0 && { definitions: given(own) }),
  })
}

function given(definitions: Definitions): Definitions {
  return Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, givenSchema(schema)]))
}

/** Without the keywords that are ours. */
function givenSchema({ experimental: _, expected: __, ...schema }: JsonSchema): JsonSchema {
  const { items, properties, additionalProperties: extra, anyOf, oneOf } = schema
  return {
    ...schema,
    ...(items !== undefined && { items: givenSchema(items) }),
    ...(properties !== undefined && { properties: given(properties) }),
    ...(typeof extra === 'object' && { additionalProperties: givenSchema(extra) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(givenSchema) }),
    ...(oneOf !== undefined && { oneOf: oneOf.map(givenSchema) }),
  }
}

function text(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
