import { z } from 'zod'
import type { Definitions, JsonSchema } from '../src/bundle/json-schema.js'
import '../src/schema/account.js'
import '../src/schema/approval-legacy.js'
import '../src/schema/approval.js'
import '../src/schema/apps.js'
import '../src/schema/clock.js'
import '../src/schema/command.js'
import '../src/schema/config-read.js'
import '../src/schema/config-requirements.js'
import '../src/schema/config-write.js'
import '../src/schema/elicitation-field.js'
import '../src/schema/elicitation.js'
import '../src/schema/environment.js'
import '../src/schema/external-agent-config.js'
import '../src/schema/file-search.js'
import '../src/schema/fs.js'
import '../src/schema/gateway-sign-in.js'
import '../src/schema/hooks.js'
import '../src/schema/import-preview.js'
import '../src/schema/import-result.js'
import '../src/schema/import-undo.js'
import '../src/schema/import-verify.js'
import '../src/schema/initialize.js'
import '../src/schema/item-event.js'
import '../src/schema/legacy.js'
import '../src/schema/marketplace.js'
import '../src/schema/mcp-server.js'
import '../src/schema/model-provider.js'
import '../src/schema/model.js'
import '../src/schema/network-policy.js'
import '../src/schema/permission.js'
import '../src/schema/plugin-detail.js'
import '../src/schema/plugin-summary.js'
import '../src/schema/plugin.js'
import '../src/schema/process.js'
import '../src/schema/rate-limit.js'
import '../src/schema/response-item.js'
import '../src/schema/sandbox-policy.js'
import '../src/schema/skills.js'
import '../src/schema/thread-attachment.js'
import '../src/schema/thread-change.js'
import '../src/schema/thread-goal.js'
import '../src/schema/thread-history.js'
import '../src/schema/thread-list.js'
import '../src/schema/thread-settings.js'
import '../src/schema/thread-start.js'
import '../src/schema/thread-work.js'
import '../src/schema/turn-setting.js'
import '../src/schema/turn-start.js'
import '../src/schema/user-question.js'

/** Every type that the files of `src/schema` name, as JSON Schema, sorted by name. */
export function readDefinitions(): Definitions {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    target: 'draft-7',
    io: 'input',
    uri: (id: string) => `#/definitions/${id}`,
  })
  const names = Object.keys(schemas).sort()
  return Object.fromEntries(names.map((name) => [name, tidy(schemas[name] as ZodJsonSchema)]))
}

type ZodJsonSchema = Omit<JsonSchema, 'enum'> & {
  readonly enum?: readonly string[]
  readonly const?: string
  /** How an optional member stands for a named type. */
  readonly allOf?: readonly ZodJsonSchema[]
}

/** Members in one fixed order, without what zod adds for itself. */
function tidy(given: ZodJsonSchema): JsonSchema {
  const { allOf, ...rest } = given
  const schema = allOf === undefined ? given : { ...allOf[0], ...rest }
  const { $ref, description, type, format, minimum, maximum, items, properties, required, experimental, expected } =
    schema
  const values = schema.const === undefined ? schema.enum : [schema.const]
  const { additionalProperties: extra } = schema
  return {
    ...(description !== undefined && { description }),
    ...($ref !== undefined && { $ref }),
    ...(type !== undefined && { type }),
    ...(format !== undefined && { format }),
    ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
    ...(values !== undefined && { enum: values }),
    ...(items !== undefined && { items: tidy(items) }),
    ...(properties !== undefined && { properties: mapValues(properties, tidy) }),
    ...(required !== undefined && { required }),
    ...(extra !== undefined && { additionalProperties: typeof extra === 'boolean' ? extra : tidyExtra(extra) }),
    ...(schema.anyOf !== undefined && { anyOf: schema.anyOf.map(tidy) }),
    ...(schema.oneOf !== undefined && { oneOf: schema.oneOf.map(tidy) }),
    ...(experimental !== undefined && { experimental }),
    ...(expected !== undefined && { expected }),
  }
}

function tidyExtra(schema: JsonSchema): JsonSchema | true {
  const tidied = tidy(schema)
  return Object.keys(tidied).length === 0 ? true : tidied
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
