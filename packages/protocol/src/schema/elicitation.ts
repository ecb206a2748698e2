import { z } from 'zod'
import { McpElicitationPrimitiveSchema } from './elicitation-field.js'
import { named } from './named.js'

const McpElicitationObjectType = named('McpElicitationObjectType', 'Marks a schema as a form.', z.literal('object'))

const McpElicitationSchema = named(
  'McpElicitationSchema',
  'A form that an MCP server wants filled in.',
  z.object({
    $schema: z.string().nullish(),
    properties: z.record(z.string(), McpElicitationPrimitiveSchema),
    required: z.array(z.string()).nullish(),
    type: McpElicitationObjectType,
  }),
)

/** Params of `mcpServer/elicitation/request`. */
export const McpServerElicitationRequestParams = named(
  'McpServerElicitationRequestParams',
  'Params of `mcpServer/elicitation/request`.',
  z.discriminatedUnion('mode', [
    z.object({
      serverName: z.string(),
      threadId: z.string(),
      turnId: z.string().nullish().describe('Null where no turn is known to have led to it.'),
      _meta: z.unknown().optional(),
      challenge: z.string(),
      description: z.string(),
      mode: z.literal('openai/userVerification'),
      title: z.string(),
    }),
    z.object({
      serverName: z.string(),
      threadId: z.string(),
      turnId: z.string().nullish().describe('Null where no turn is known to have led to it.'),
      _meta: z.unknown().optional(),
      message: z.string(),
      mode: z.literal('form'),
      requestedSchema: McpElicitationSchema,
    }),
    z.object({
      serverName: z.string(),
      threadId: z.string(),
      turnId: z.string().nullish().describe('Null where no turn is known to have led to it.'),
      _meta: z.unknown().optional(),
      message: z.string(),
      mode: z.literal('openai/form'),
      requestedSchema: z.unknown(),
    }),
    z.object({
      serverName: z.string(),
      threadId: z.string(),
      turnId: z.string().nullish().describe('Null where no turn is known to have led to it.'),
      _meta: z.unknown().optional(),
      message: z.string(),
      mode: z.literal('openaiForm'),
      requestedSchema: z.unknown(),
    }),
    z.object({
      serverName: z.string(),
      threadId: z.string(),
      turnId: z.string().nullish().describe('Null where no turn is known to have led to it.'),
      _meta: z.unknown().optional(),
      elicitationId: z.string(),
      message: z.string(),
      mode: z.literal('url'),
      url: z.string(),
    }),
  ]),
)

const McpServerElicitationAction = named(
  'McpServerElicitationAction',
  'What a person did with a server’s form.',
  z.enum(['accept', 'decline', 'cancel']),
)

/** Result of `mcpServer/elicitation/request`. */
export const McpServerElicitationRequestResponse = named(
  'McpServerElicitationRequestResponse',
  'Result of `mcpServer/elicitation/request`.',
  z.object({
    _meta: z.unknown().optional(),
    action: McpServerElicitationAction,
    content: z.unknown().optional().describe('What was filled in; only with `accept`.'),
  }),
)
