import type { Json } from './peer.js'

/**
 * A JSON Schema in one spelling: no word on whether a table is open (ours all are), `true` as `{}`, no titles, descriptions, defaults, formats or bounds; `type: [X, 'null']` for a nullable; single `anyOf`,
 * `allOf` and `oneOf` unwrapped; enums and required sorted; members beside a union put into each of its alternatives, and a
 * union within a union taken apart. Two generators that mean the same then print the same.
 */
export function plainSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plainSchema)
  if (schema === true) return {}
  if (schema === null || typeof schema !== 'object') return schema
  const {
    title,
    description,
    default: _default,
    format,
    minimum,
    maximum,
    minLength,
    $schema,
    definitions,
    $comment,
    ...rest
  } = schema as Json
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (key === 'additionalProperties' && typeof value === 'boolean') continue
    if (key === 'properties' && Object.keys(value as Json).length === 0) continue
    if (key === 'properties') plain[key] = mapValues(value as Json, plainSchema)
    else if (key === 'required' || key === 'enum') plain[key] = [...(value as string[])].sort()
    else if (key === 'const') plain.enum = [value]
    else plain[key] = plainSchema(value)
  }
  return unwrap(joinEnums(plain))
}

function unwrap(schema: Record<string, unknown>): unknown {
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const members = schema[key] as unknown[] | undefined
    if (members?.length === 1 && Object.keys(schema).length === 1) return members[0]
  }
  if (Array.isArray(schema.type) && !schema.type.includes('null'))
    return { anyOf: schema.type.map((type) => ({ type })) }
  const given = (schema.anyOf ?? schema.oneOf) as Record<string, unknown>[] | undefined
  if (given === undefined) return schema
  const { anyOf, oneOf, ...beside } = schema
  const members = given
    .flatMap((member) => (member.anyOf as (typeof member)[] | undefined) ?? [member])
    .map((member) => joined(beside, member))
  const rest = beside.properties === undefined ? beside : {}
  const nullable = members.some((member) => member.type === 'null')
  const others = members.filter((member) => member.type !== 'null')
  if (nullable && others.length === 1 && typeof others[0]?.type === 'string')
    return { ...rest, ...others[0], type: [others[0].type, 'null'] }
  const once = nullable ? [...others, { type: 'null' }] : others
  const sorted = once.toSorted((a, b) => (sortedText(a) < sortedText(b) ? -1 : 1))
  return { ...rest, anyOf: sorted }
}

/** An alternative with the members that stand beside the union. */
function joined(beside: Record<string, unknown>, member: Record<string, unknown>): Record<string, unknown> {
  if (beside.properties === undefined) return member
  const required = [...new Set([...((beside.required ?? []) as string[]), ...((member.required ?? []) as string[])])]
  return {
    ...member,
    properties: { ...(beside.properties as Json), ...(member.properties as Json | undefined) },
    ...(required.length === 0 ? {} : { required: required.sort() }),
  }
}

/** `oneOf` of single-value enums is one enum. */
function joinEnums(schema: Record<string, unknown>): Record<string, unknown> {
  const members = (schema.oneOf ?? schema.anyOf) as Record<string, unknown>[] | undefined
  if (
    members === undefined ||
    members.length < 2 ||
    !members.every((member) => member.type === 'string' && Array.isArray(member.enum))
  )
    return schema
  return { type: 'string', enum: members.flatMap((member) => member.enum as string[]).sort() }
}

function mapValues(table: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]))
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort())
      : member,
  )
}
