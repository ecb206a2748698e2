import { alternativesOf, type Definitions, type JsonSchema, referenceOf, withoutNull } from './bundle/json-schema.js'
import { describeValue } from './describe-value.js'
import { shapesJson } from './shapes.gen.js'

/**
 * Why `value` is not a `typeName`, in the words of the reference; `undefined` when it is one.
 *
 * The slow way round: for values that a check has refused. Members are looked at in the order in which they stand in
 * the value, and missing ones after that in the order of the type.
 * Source: reference 0.169.0, whose words are those of its decoder, e.g. ``missing field `clientInfo` ``.
 */
export function explain(typeName: string, value: unknown): string | undefined {
  shapes ??= JSON.parse(shapesJson) as Definitions
  const definition = shapes[typeName]
  if (definition === undefined) throw new Error(`no type is called ${typeName}`)
  return faultOf(definition, value, typeName)
}

let shapes: Definitions | undefined

function faultOf(schema: JsonSchema, value: unknown, typeName?: string): string | undefined {
  const { schema: inner, isNullable } = withoutNull(schema)
  if (isNullable && value === null) return undefined
  const reference = referenceOf(inner)
  if (reference !== undefined) return faultOf(shapes![reference]!, value, reference)
  const alternatives = alternativesOf(inner)
  if (alternatives !== undefined) return faultOfUnion(alternatives, value, typeName)
  if (inner.enum !== undefined) return faultOfWord(inner.enum, value)
  switch (inner.type) {
    case 'string':
      return typeof value === 'string' ? undefined : invalidType(value, inner.expected ?? 'a string')
    case 'boolean':
      return typeof value === 'boolean' ? undefined : invalidType(value, 'a boolean')
    case 'number':
      return typeof value === 'number' ? undefined : invalidType(value, 'f64')
    case 'integer':
      return faultOfInteger(inner, value)
    case 'array':
      return faultOfArray(inner.items ?? {}, value)
    case 'object':
      return inner.properties === undefined ? faultOfTable(inner, value) : faultOfObject(inner, value, typeName)
    default:
      return undefined
  }
}

function faultOfObject(schema: JsonSchema, value: unknown, typeName: string | undefined): string | undefined {
  if (!isRecord(value)) return invalidType(value, typeName === undefined ? 'a map' : `struct ${typeName}`)
  const { properties = {}, required = [] } = schema
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || !Object.hasOwn(properties, name)) continue
    const fault = faultOf(properties[name]!, member)
    if (fault !== undefined) return fault
  }
  const missing = Object.keys(properties).find((name) => required.includes(name) && value[name] === undefined)
  return missing === undefined ? undefined : `missing field \`${missing}\``
}

function faultOfTable({ additionalProperties }: JsonSchema, value: unknown): string | undefined {
  if (!isRecord(value)) return invalidType(value, 'a map')
  if (typeof additionalProperties !== 'object') return undefined
  return firstFault(Object.values(value), additionalProperties)
}

function faultOfArray(items: JsonSchema, value: unknown): string | undefined {
  return Array.isArray(value) ? firstFault(value, items) : invalidType(value, 'a sequence')
}

function firstFault(values: readonly unknown[], schema: JsonSchema): string | undefined {
  for (const value of values) {
    const fault = faultOf(schema, value)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultOfWord(words: readonly string[], value: unknown): string | undefined {
  if (typeof value !== 'string') return invalidType(value, 'string or map')
  return words.includes(value) ? undefined : `unknown variant \`${value}\`, ${expectedOf(words)}`
}

function faultOfInteger({ format, minimum, maximum }: JsonSchema, value: unknown): string | undefined {
  const expected = format === undefined ? 'an integer' : format.replace('uint', 'u').replace('int', 'i')
  if (typeof value !== 'number' || !Number.isInteger(value)) return invalidType(value, expected)
  const isInside = value >= (minimum ?? value) && value <= (maximum ?? value)
  return isInside ? undefined : `invalid value: ${describeValue(value)}, expected ${expected}`
}

function faultOfUnion(
  members: readonly JsonSchema[],
  value: unknown,
  typeName: string | undefined,
): string | undefined {
  if (members.some((member) => faultOf(member, value) === undefined)) return undefined
  const tags = members.flatMap((member) => member.properties?.type?.enum ?? [])
  if (tags.length !== members.length) return `data did not match any variant of ${typeName ?? 'a union'}`
  if (!isRecord(value)) return invalidType(value, `internally tagged enum ${typeName ?? 'a union'}`)
  if (value.type === undefined) return 'missing field `type`'
  const index = tags.indexOf(value.type as string)
  return index === -1 ? faultOfWord(tags, value.type) : faultOf(members[index]!, value, typeName)
}

function invalidType(value: unknown, expected: string): string {
  return `invalid type: ${describeValue(value)}, expected ${expected}`
}

function expectedOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  if (quoted.length <= 2) return `expected ${quoted.join(' or ')}`
  return `expected one of ${quoted.join(', ')}`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
