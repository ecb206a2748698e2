import { alternativesOf, type JsonSchema, referenceOf, withoutNull } from './json-schema.js'

/** The TypeScript declaration of a named type, with its doc comments: an interface for objects, else an alias. */
export function declarationOf(name: string, schema: JsonSchema): string {
  const doc = docOf(schema, '')
  if (schema.properties !== undefined) return `${doc}export interface ${name} ${objectText(schema, '')}\n`
  const alternatives = alternativesOf(schema)
  if (alternatives === undefined) return `${doc}export type ${name} = ${typeText(schema, '')}\n`
  const members = alternatives.map((member) => `\n  | ${typeText(member, '    ')}`)
  return `${doc}export type ${name} =${members.join('')}\n`
}

/** The TypeScript spelling of `schema`, to stand at `indent`. */
function typeText(schema: JsonSchema, indent: string): string {
  const { schema: inner, isNullable } = withoutNull(schema)
  const text = plainText(inner, indent)
  return isNullable ? `${text} | null` : text
}

function plainText(schema: JsonSchema, indent: string): string {
  const reference = referenceOf(schema)
  if (reference !== undefined) return reference
  const alternatives = alternativesOf(schema)
  if (alternatives !== undefined) return alternatives.map((member) => typeText(member, indent)).join(' | ')
  if (schema.enum !== undefined) return schema.enum.map((value) => `'${value}'`).join(' | ')
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'number':
      return 'number'
    case 'null':
      return 'null'
    case 'array':
      return arrayText(schema.items ?? {}, indent)
    case 'object':
      return schema.properties === undefined ? tableText(schema, indent) : objectText(schema, indent)
    case undefined:
      return 'unknown'
    default:
      return severalTypes(schema)
  }
}

function severalTypes(schema: JsonSchema): string {
  if (!Array.isArray(schema.type)) throw new Error(`no TypeScript for ${JSON.stringify(schema)}`)
  return schema.type.map((type: string) => plainText({ type }, '')).join(' | ')
}

function arrayText(items: JsonSchema, indent: string): string {
  const text = typeText(items, indent)
  return text.includes(' | ') && !text.startsWith('{') ? `readonly (${text})[]` : `readonly ${text}[]`
}

function tableText(schema: JsonSchema, indent: string): string {
  const { additionalProperties } = schema
  const value = typeof additionalProperties === 'object' ? typeText(additionalProperties, indent) : 'unknown'
  return `Readonly<Record<string, ${value}>>`
}

function objectText(schema: JsonSchema, indent: string): string {
  const inner = `${indent}  `
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
    const type = typeText(member, inner)
    // `unknown` takes undefined in already.
    const text = required.has(name) ? `: ${type}` : type === 'unknown' ? '?: unknown' : `?: ${type} | undefined`
    return `${docOf(member, inner)}${inner}readonly ${key}${text}\n`
  })
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) {
    lines.push(`${inner}readonly [key: string]: unknown\n`)
  }
  return `{\n${lines.join('')}${indent}}`
}

function docOf(schema: JsonSchema, indent: string): string {
  const { description, experimental } = schema
  const text = [description, experimental ? 'Only with `experimentalApi`.' : undefined].filter(Boolean).join(' ')
  return text === '' ? '' : `${indent}/** ${text} */\n`
}
