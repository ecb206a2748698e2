import {
  alternativesOf,
  type Definitions,
  type JsonSchema,
  referenceOf,
  withoutNull,
} from '../src/bundle/json-schema.js'

/**
 * The text of `validators.gen.ts`: one straight-line check for every named type, and a table of them.
 *
 * A check says yes or no, reads each member once, and makes nothing. Unknown members are let through.
 */
export function emitValidators(definitions: Definitions, banner: string): string {
  const writer = new CheckWriter(definitions)
  const names = Object.keys(definitions)
  for (const name of names) writer.addNamed(name)
  const table = names.map((name) => `  ${name}: is${name},\n`).join('')
  return `${banner}
type Members = Readonly<Record<string, unknown>>

/** The check of every named type. */
export const checks = {
${table}} as const satisfies Readonly<Record<string, (value: unknown) => boolean>>

${writer.text()}`
}

/** Collects functions; equal ones are written once. */
class CheckWriter {
  readonly #definitions: Definitions
  readonly #functions: string[] = []
  readonly #shared = new Map<string, string>()

  constructor(definitions: Definitions) {
    this.#definitions = definitions
  }

  text(): string {
    return this.#functions.join('\n')
  }

  addNamed(name: string): void {
    this.#add(`is${name}`, this.#definitions[name]!)
  }

  /** An expression that is true when `value`, an identifier, is as `schema` says. */
  #expression(schema: JsonSchema, value: string): string {
    const { schema: inner, isNullable } = withoutNull(schema)
    const text = this.#plain(inner, value)
    return isNullable && text !== 'true' ? `${value} === null || ${text}` : text
  }

  #plain(schema: JsonSchema, value: string): string {
    const reference = referenceOf(schema)
    if (reference !== undefined) return this.#reference(reference, value)
    const alternatives = alternativesOf(schema)
    if (alternatives !== undefined) return alternatives.map((member) => this.#expression(member, value)).join(' || ')
    if (schema.enum !== undefined) return schema.enum.map((word) => `${value} === ${quote(word)}`).join(' || ')
    switch (schema.type) {
      case 'string':
      case 'boolean':
        return `typeof ${value} === '${schema.type}'`
      case 'integer':
        return integerText(schema, value)
      case 'number':
        return `typeof ${value} === 'number'`
      case 'array':
      case 'object':
        return `${this.#helper(schema)}(${value})`
      case undefined:
        return 'true'
      default:
        throw new Error(`no check for ${JSON.stringify(schema)}`)
    }
  }

  /** Small types are written out where they are used: a call costs more than the comparison. */
  #reference(name: string, value: string): string {
    const definition = this.#definitions[name]!
    const isSmall = definition.type === 'string' && (definition.enum?.length ?? 0) <= 4
    return isSmall ? this.#plain(definition, value) : `is${name}(${value})`
  }

  #helper(schema: JsonSchema): string {
    const key = JSON.stringify(schema, (member, value) => (isSentence(member, value) ? undefined : value))
    const known = this.#shared.get(key)
    if (known !== undefined) return known
    const name = `check${this.#shared.size}`
    this.#shared.set(key, name)
    this.#add(name, schema)
    return name
  }

  #add(name: string, schema: JsonSchema): void {
    const lines = this.#body(schema)
    this.#functions.push(
      `function ${name}(value: unknown): boolean {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`,
    )
  }

  #body(schema: JsonSchema): readonly string[] {
    if (schema.type === 'array') return this.#arrayBody(schema.items ?? {})
    if (schema.properties !== undefined) return this.#objectBody(schema)
    if (schema.type === 'object') return this.#tableBody(schema)
    return [`return ${this.#expression(schema, 'value')}`]
  }

  #objectBody(schema: JsonSchema): readonly string[] {
    const required = new Set(schema.required)
    const members = Object.entries(schema.properties ?? {}).map(([name, member], index) => ({
      name,
      variable: `m${index}`,
      test: this.#memberTest(member, `m${index}`, required.has(name)),
    }))
    const tested = members.filter(({ test }) => test !== 'true')
    if (tested.length === 0) return [IS_OBJECT, 'return true']
    const names = tested.map(({ name, variable }) => `${isName(name) ? name : quote(name)}: ${variable}`)
    return [
      IS_OBJECT,
      `const { ${names.join(', ')} } = value as Members`,
      `return ${tested.map(({ test }) => (test.includes(' || ') ? `(${test})` : test)).join(' && ')}`,
    ]
  }

  #memberTest(member: JsonSchema, variable: string, isRequired: boolean): string {
    const test = this.#expression(member, variable)
    if (isRequired) return test === 'true' ? `${variable} !== undefined` : test
    return test === 'true' ? test : `${variable} === undefined || ${test}`
  }

  #arrayBody(items: JsonSchema): readonly string[] {
    const test = this.#expression(items, 'item')
    if (test === 'true') return ['return Array.isArray(value)']
    return [
      'if (!Array.isArray(value)) return false',
      'for (let index = 0; index < value.length; index++) {',
      '  const item: unknown = value[index]',
      `  if (!(${test})) return false`,
      '}',
      'return true',
    ]
  }

  #tableBody({ additionalProperties }: JsonSchema): readonly string[] {
    const test = typeof additionalProperties === 'object' ? this.#expression(additionalProperties, 'item') : 'true'
    if (test === 'true') return [`return ${IS_OBJECT_TEST}`]
    return [
      IS_OBJECT,
      'for (const name in value) {',
      '  const item: unknown = (value as Members)[name]',
      `  if (!(${test})) return false`,
      '}',
      'return true',
    ]
  }
}

const IS_OBJECT_TEST = "typeof value === 'object' && value !== null && !Array.isArray(value)"
const IS_OBJECT = "if (typeof value !== 'object' || value === null || Array.isArray(value)) return false"

function integerText({ minimum, maximum }: JsonSchema, value: string): string {
  const bounds = [
    minimum === undefined ? '' : ` && ${value} >= ${minimum}`,
    maximum === undefined ? '' : ` && ${value} <= ${maximum}`,
  ]
  return `typeof ${value} === 'number' && Number.isInteger(${value})${bounds.join('')}`
}

function isName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name)
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Whether it is the `description` of a schema, and not a member of that name: only the former is a text. */
function isSentence(member: string, value: unknown): boolean {
  return member === 'description' && typeof value === 'string'
}
