import { z } from 'zod'
import { named, u32, u64 } from './named.js'

const McpElicitationStringType = named('McpElicitationStringType', 'Mcp elicitation string type.', z.literal('string'))

const McpElicitationUntitledSingleSelectEnumSchema = named(
  'McpElicitationUntitledSingleSelectEnumSchema',
  'Mcp elicitation untitled single select enum schema.',
  z.object({
    default: z.string().nullish(),
    description: z.string().nullish(),
    enum: z.array(z.string()),
    title: z.string().nullish(),
    type: McpElicitationStringType,
  }),
)

const McpElicitationConstOption = named(
  'McpElicitationConstOption',
  'Mcp elicitation const option.',
  z.object({ const: z.string(), title: z.string() }),
)

const McpElicitationTitledSingleSelectEnumSchema = named(
  'McpElicitationTitledSingleSelectEnumSchema',
  'Mcp elicitation titled single select enum schema.',
  z.object({
    default: z.string().nullish(),
    description: z.string().nullish(),
    oneOf: z.array(McpElicitationConstOption),
    title: z.string().nullish(),
    type: McpElicitationStringType,
  }),
)

const McpElicitationSingleSelectEnumSchema = named(
  'McpElicitationSingleSelectEnumSchema',
  'Mcp elicitation single select enum schema.',
  z.union([McpElicitationUntitledSingleSelectEnumSchema, McpElicitationTitledSingleSelectEnumSchema]),
)

const McpElicitationUntitledEnumItems = named(
  'McpElicitationUntitledEnumItems',
  'Mcp elicitation untitled enum items.',
  z.object({ enum: z.array(z.string()), type: McpElicitationStringType }),
)

const McpElicitationArrayType = named('McpElicitationArrayType', 'Mcp elicitation array type.', z.literal('array'))

const McpElicitationUntitledMultiSelectEnumSchema = named(
  'McpElicitationUntitledMultiSelectEnumSchema',
  'Mcp elicitation untitled multi select enum schema.',
  z.object({
    default: z.array(z.string()).nullish(),
    description: z.string().nullish(),
    items: McpElicitationUntitledEnumItems,
    maxItems: u64.nullish(),
    minItems: u64.nullish(),
    title: z.string().nullish(),
    type: McpElicitationArrayType,
  }),
)

const McpElicitationTitledEnumItems = named(
  'McpElicitationTitledEnumItems',
  'Mcp elicitation titled enum items.',
  z.object({ anyOf: z.array(McpElicitationConstOption) }),
)

const McpElicitationTitledMultiSelectEnumSchema = named(
  'McpElicitationTitledMultiSelectEnumSchema',
  'Mcp elicitation titled multi select enum schema.',
  z.object({
    default: z.array(z.string()).nullish(),
    description: z.string().nullish(),
    items: McpElicitationTitledEnumItems,
    maxItems: u64.nullish(),
    minItems: u64.nullish(),
    title: z.string().nullish(),
    type: McpElicitationArrayType,
  }),
)

const McpElicitationMultiSelectEnumSchema = named(
  'McpElicitationMultiSelectEnumSchema',
  'Mcp elicitation multi select enum schema.',
  z.union([McpElicitationUntitledMultiSelectEnumSchema, McpElicitationTitledMultiSelectEnumSchema]),
)

const McpElicitationLegacyTitledEnumSchema = named(
  'McpElicitationLegacyTitledEnumSchema',
  'Mcp elicitation legacy titled enum schema.',
  z.object({
    default: z.string().nullish(),
    description: z.string().nullish(),
    enum: z.array(z.string()),
    enumNames: z.array(z.string()).nullish(),
    title: z.string().nullish(),
    type: McpElicitationStringType,
  }),
)

const McpElicitationEnumSchema = named(
  'McpElicitationEnumSchema',
  'Mcp elicitation enum schema.',
  z.union([
    McpElicitationSingleSelectEnumSchema,
    McpElicitationMultiSelectEnumSchema,
    McpElicitationLegacyTitledEnumSchema,
  ]),
)

const McpElicitationStringFormat = named(
  'McpElicitationStringFormat',
  'Mcp elicitation string format.',
  z.enum(['email', 'uri', 'date', 'date-time']),
)

const McpElicitationStringSchema = named(
  'McpElicitationStringSchema',
  'Mcp elicitation string schema.',
  z.object({
    default: z.string().nullish(),
    description: z.string().nullish(),
    format: McpElicitationStringFormat.nullish(),
    maxLength: u32.nullish(),
    minLength: u32.nullish(),
    title: z.string().nullish(),
    type: McpElicitationStringType,
  }),
)

const McpElicitationNumberType = named(
  'McpElicitationNumberType',
  'Mcp elicitation number type.',
  z.enum(['number', 'integer']),
)

const McpElicitationNumberSchema = named(
  'McpElicitationNumberSchema',
  'Mcp elicitation number schema.',
  z.object({
    default: z.number().nullish(),
    description: z.string().nullish(),
    maximum: z.number().nullish(),
    minimum: z.number().nullish(),
    title: z.string().nullish(),
    type: McpElicitationNumberType,
  }),
)

const McpElicitationBooleanType = named(
  'McpElicitationBooleanType',
  'Mcp elicitation boolean type.',
  z.literal('boolean'),
)

const McpElicitationBooleanSchema = named(
  'McpElicitationBooleanSchema',
  'Mcp elicitation boolean schema.',
  z.object({
    default: z.boolean().nullish(),
    description: z.string().nullish(),
    title: z.string().nullish(),
    type: McpElicitationBooleanType,
  }),
)

/** Mcp elicitation primitive schema. */
export const McpElicitationPrimitiveSchema = named(
  'McpElicitationPrimitiveSchema',
  'Mcp elicitation primitive schema.',
  z.union([
    McpElicitationEnumSchema,
    McpElicitationStringSchema,
    McpElicitationNumberSchema,
    McpElicitationBooleanSchema,
  ]),
)
