import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitions } from '../src/bundle/definitions.gen.js'
import { alternativesOf, type JsonSchema, referenceOf, withoutNull } from '../src/bundle/json-schema.js'
import { explain } from '../src/explain.js'
import { jsonSchemaBundle } from '../src/schema/index.js'
import { checks } from '../src/validators.gen.js'

const combined = JSON.parse(jsonSchemaBundle({ experimental: true })['codex_app_server_protocol.v2.schemas.json']!) as {
  definitions: Record<string, JsonSchema>
}
const ajv = new Ajv({ strict: true, formats: { uint16: true, uint32: true, uint64: true, int32: true, int64: true } })
ajv.addSchema({ $id: 'all', definitions: combined.definitions })

const names = Object.keys(checks).filter((name) => Object.hasOwn(combined.definitions, name)) as (keyof typeof checks)[]

describe('the check of a type, its JSON Schema and the wording of its refusals', () => {
  it('exist for every type', () => {
    expect(Object.keys(checks)).toEqual(Object.keys(definitions))
    expect(names.length).toBe(Object.keys(checks).length)
  })

  it.each(names)('agree on %s, right or wrong', (name) => {
    const isValid = ajv.compile({ $ref: `all#/definitions/${name}` })
    const verdicts = new Set<boolean>()

    fc.assert(
      fc.property(fc.oneof(valuesOf(definitions[name]!, 0), mangled(valuesOf(definitions[name]!, 0))), (value) => {
        const verdict = isValid(value)
        verdicts.add(verdict)
        expect(checks[name](value)).toBe(verdict)
        expect(explain(name, value) === undefined).toBe(verdict)
      }),
      { numRuns: 150, seed: 7 },
    )
    expect(verdicts.size).toBe(2)
  })
})

/** Values that are as `schema` says. */
function valuesOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const { schema: inner, isNullable } = withoutNull(schema)
  const plain = plainValuesOf(inner, depth + 1)
  return isNullable ? fc.oneof(fc.constant(null), plain) : plain
}

function plainValuesOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const reference = referenceOf(schema)
  if (reference !== undefined) return valuesOf(definitions[reference]!, depth)
  const alternatives = alternativesOf(schema)
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((member) => valuesOf(member, depth)))
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'string':
      return fc.string({ maxLength: 5 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -9, max: Math.min(schema.maximum ?? 99, 99) })
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, depth), { maxLength: depth > 5 ? 1 : 2 })
    case 'object':
      return objectOf(schema, depth)
    default:
      return fc.jsonValue({ maxDepth: 1 })
  }
}

function objectOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? valuesOf(additionalProperties, depth) : fc.jsonValue()
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), value, { maxKeys: 2 })
  }
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, valuesOf(member, depth)]),
  )
  return fc.record({ ...members, unheardOf: fc.jsonValue({ maxDepth: 0 }) }, { requiredKeys: required as [] })
}

/** The same values with one place replaced or taken away. */
function mangled(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>(
    null,
    true,
    1.5,
    -1,
    70_000,
    5_000_000_000,
    'x',
    [],
    [1],
    {},
    { a: 1 },
    undefined,
  )
  return fc.tuple(values, wrong, fc.nat()).map(([value, other, step]) => replaceAt(value, other, step))
}

function replaceAt(value: unknown, other: unknown, step: number): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const key = keys[step % (keys.length + 1)]
  if (key === undefined) return other === undefined ? null : other
  const inner = replaceAt((value as Record<string, unknown>)[key], other, Math.floor(step / (keys.length + 1)))
  if (Array.isArray(value)) return value.map((member, index) => (String(index) === key ? inner : member))
  const { [key]: _, ...rest } = value as Record<string, unknown>
  return other === undefined ? rest : { ...rest, [key]: inner }
}
