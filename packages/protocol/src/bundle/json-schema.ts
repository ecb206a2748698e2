/** The part of JSON Schema (draft 7) that our types need. */
export interface JsonSchema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  /** Ours: only for clients with `experimentalApi`. Left off what is given out. */
  readonly experimental?: boolean
  /** Ours: what a refusal says was expected, where that is not told by the type. Left off what is given out. */
  readonly expected?: string
}

/** Named types, by name. */
export type Definitions = Readonly<Record<string, JsonSchema>>

/** A schema without its `null`, and whether it had one. */
export interface Nullable {
  readonly schema: JsonSchema
  readonly isNullable: boolean
}

/** The name of the type that `schema` stands for, if it stands for one. */
export function referenceOf(schema: JsonSchema): string | undefined {
  return schema.$ref?.slice(schema.$ref.lastIndexOf('/') + 1)
}

/** Takes `null` out of `schema`, in whichever of its two spellings. */
export function withoutNull(schema: JsonSchema): Nullable {
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const rest: readonly string[] = schema.type.filter((type) => type !== 'null')
    return { schema: { ...schema, type: rest.length === 1 ? rest[0]! : rest }, isNullable: true }
  }
  const rest = schema.anyOf?.filter((member) => member.type !== 'null')
  if (rest === undefined || rest.length === schema.anyOf?.length) return { schema, isNullable: false }
  return { schema: rest.length === 1 ? rest[0]! : { anyOf: rest }, isNullable: true }
}

/** The alternatives of a union, or `undefined` when `schema` is none. Ask for `null` first. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] | undefined {
  return schema.oneOf ?? schema.anyOf
}

/** The names that `schema` refers to, in order of appearance, each once. */
export function referencesOf(schema: JsonSchema): readonly string[] {
  const names = new Set<string>()
  collect(schema, names)
  return [...names]
}

/** The names that can be reached from `roots`, themselves included, sorted. */
export function reachableFrom(roots: readonly string[], definitions: Definitions): readonly string[] {
  const reached = new Set<string>()
  const open = [...roots]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    const definition = definitions[name]
    if (definition === undefined) throw new Error(`no type is called ${name}`)
    reached.add(name)
    open.push(...referencesOf(definition))
  }
  return [...reached].sort()
}

function collect(schema: JsonSchema, names: Set<string>): void {
  const reference = referenceOf(schema)
  if (reference !== undefined) names.add(reference)
  for (const member of Object.values(schema.properties ?? {})) collect(member, names)
  for (const member of alternativesOf(schema) ?? []) collect(member, names)
  if (schema.items !== undefined) collect(schema.items, names)
  if (typeof schema.additionalProperties === 'object') collect(schema.additionalProperties, names)
}
