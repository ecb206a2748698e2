import type { FormField } from './form.js'

/** What is looked at of the schema of one value. */
interface ValueSchema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly string[]
  readonly enumNames?: readonly string[]
  readonly oneOf?: readonly { readonly const: string; readonly title?: string }[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
}

/** A field for each property of the schema of an elicitation; `[]` when it has none. */
export function elicitationFields(schema: unknown): readonly FormField[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    readonly properties?: { readonly [name: string]: ValueSchema }
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([id, value]) => {
    const options = optionsOf(value)
    return {
      id,
      heading: value.title ?? id,
      question: value.description ?? '',
      options,
      takesText: options.length === 0,
      isSecret: false,
      isRequired: required.includes(id),
      initial: value.default === undefined || options.length > 0 ? '' : String(value.default),
      fault: (text) => faultOf(value, text),
    }
  })
}

/** The answers as the schema's values: numbers and booleans are no text. */
export function elicitedContent(schema: unknown, answers: ReadonlyMap<string, string>): Record<string, unknown> {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: { readonly [name: string]: ValueSchema } }
  return Object.fromEntries([...answers].map(([id, text]) => [id, typedValue(properties[id], text)]))
}

function optionsOf(value: ValueSchema): FormField['options'] {
  if (value.type === 'boolean') {
    return [
      { value: 'true', label: 'yes' },
      { value: 'false', label: 'no' },
    ]
  }
  if (value.oneOf) return value.oneOf.map((one) => ({ value: one.const, label: one.title ?? one.const }))
  return (value.enum ?? []).map((one, index) => ({ value: one, label: value.enumNames?.[index] ?? one }))
}

function typedValue(value: ValueSchema | undefined, text: string): unknown {
  switch (value?.type) {
    case 'boolean':
      return text === 'true'
    case 'number':
    case 'integer':
      return Number(text)
    default:
      return text
  }
}

function faultOf(value: ValueSchema, text: string): string | undefined {
  if (value.type === 'number' || value.type === 'integer') {
    const number = Number(text)
    if (text.trim() === '' || Number.isNaN(number)) return `${text} is no number`
    if (value.type === 'integer' && !Number.isInteger(number)) return `${text} is no whole number`
    if (value.minimum !== undefined && number < value.minimum) return `at least ${value.minimum}`
    if (value.maximum !== undefined && number > value.maximum) return `at most ${value.maximum}`
    return undefined
  }
  if (value.minLength !== undefined && text.length < value.minLength) return `at least ${value.minLength} characters`
  if (value.maxLength !== undefined && text.length > value.maxLength) return `at most ${value.maxLength} characters`
  return undefined
}
