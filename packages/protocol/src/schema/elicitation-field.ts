import { z } from 'zod'
import { named, u32, u64 } from './named.js'

const McpElicitationStringType = named('McpElicitationStringType', 'Marks a field as a text.', z.literal('string'))

const McpElicitationUntitledSingleSelectEnumSchema = named(
  'McpElicitationUntitledSingleSelectEnumSchema',
  'A choice of one value, shown as it is.',
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
  'A value to choose, and the words that show it.',
  z.object({ const: z.string(), title: z.string() }),
)

const McpElicitationTitledSingleSelectEnumSchema = named(
  'McpElicitationTitledSingleSelectEnumSchema',
  'A choice of one value, each shown by words of its own.',
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
  'A choice of one value.',
  z.union([McpElicitationUntitledSingleSelectEnumSchema, McpElicitationTitledSingleSelectEnumSchema]),
)

const McpElicitationUntitledEnumItems = named(
  'McpElicitationUntitledEnumItems',
  'The values of a choice of several, shown as they are.',
  z.object({ enum: z.array(z.string()), type: McpElicitationStringType }),
)

const McpElicitationArrayType = named('McpElicitationArrayType', 'Marks a field as a list.', z.literal('array'))

const McpElicitationUntitledMultiSelectEnumSchema = named(
  'McpElicitationUntitledMultiSelectEnumSchema',
  'A choice of several values, shown as they are.',
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
  'The values of a choice of several, each shown by words of its own.',
  z.object({ anyOf: z.array(McpElicitationConstOption) }),
)

const McpElicitationTitledMultiSelectEnumSchema = named(
  'McpElicitationTitledMultiSelectEnumSchema',
  'A choice of several values, each shown by words of its own.',
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
  'A choice of several values.',
  z.union([McpElicitationUntitledMultiSelectEnumSchema, McpElicitationTitledMultiSelectEnumSchema]),
)

const McpElicitationLegacyTitledEnumSchema = named(
  'McpElicitationLegacyTitledEnumSchema',
  'A choice of one value in the older form, its words in a list beside the values.',
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
  'A choice among given values.',
  z.union([
    McpElicitationSingleSelectEnumSchema,
    McpElicitationMultiSelectEnumSchema,
    McpElicitationLegacyTitledEnumSchema,
  ]),
)

const McpElicitationStringFormat = named(
  'McpElicitationStringFormat',
  'What a text must look like.',
  z.enum(['email', 'uri', 'date', 'date-time']),
)

const McpElicitationStringSchema = named(
  'McpElicitationStringSchema',
  'A text to type in.',
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
  'Marks a field as a number, or as a whole one.',
  z.enum(['number', 'integer']),
)

const McpElicitationNumberSchema = named(
  'McpElicitationNumberSchema',
  'A number to type in.',
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
  'Marks a field as a yes or no.',
  z.literal('boolean'),
)

const McpElicitationBooleanSchema = named(
  'McpElicitationBooleanSchema',
  'A yes or no.',
  z.object({
    default: z.boolean().nullish(),
    description: z.string().nullish(),
    title: z.string().nullish(),
    type: McpElicitationBooleanType,
  }),
)

/** One field of a form that an MCP server shows. */
export const McpElicitationPrimitiveSchema = named(
  'McpElicitationPrimitiveSchema',
  'One field of a form that an MCP server shows.',
  z.union([
    McpElicitationEnumSchema,
    McpElicitationStringSchema,
    McpElicitationNumberSchema,
    McpElicitationBooleanSchema,
  ]),
)
