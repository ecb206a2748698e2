import { z } from 'zod'
import { DynamicToolCallOutputContentItem } from './item-tool.js'
import { named, u64 } from './named.js'

const ToolRequestUserInputOption = named(
  'ToolRequestUserInputOption',
  'An answer to choose.',
  z.object({ description: z.string(), label: z.string() }),
)

const ToolRequestUserInputQuestion = named(
  'ToolRequestUserInputQuestion',
  'A question to the person.',
  z.object({
    header: z.string(),
    id: z.string(),
    isOther: z.boolean().optional().describe('Whether words of one’s own are an answer too.'),
    isSecret: z.boolean().optional().describe('Whether the answer is hidden while it is typed.'),
    options: z.array(ToolRequestUserInputOption).nullish().describe('Null: words of one’s own.'),
    question: z.string(),
  }),
)

/** Params of `item/tool/requestUserInput`. */
export const ToolRequestUserInputParams = named(
  'ToolRequestUserInputParams',
  'Params of `item/tool/requestUserInput`.',
  z.object({
    autoResolutionMs: u64.nullish().describe('The older form of `isBlocking`.'),
    isBlocking: z.boolean().describe('Whether the turn waits for the answer.'),
    itemId: z.string(),
    questions: z.array(ToolRequestUserInputQuestion),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

const ToolRequestUserInputAnswer = named(
  'ToolRequestUserInputAnswer',
  'What a person answered to one question.',
  z.object({ answers: z.array(z.string()) }),
)

/** Result of `item/tool/requestUserInput`. */
export const ToolRequestUserInputResponse = named(
  'ToolRequestUserInputResponse',
  'Result of `item/tool/requestUserInput`.',
  z.object({ answers: z.record(z.string(), ToolRequestUserInputAnswer).describe('By the id of the question.') }),
)

/** Params of `item/tool/call`. */
export const DynamicToolCallParams = named(
  'DynamicToolCallParams',
  'Params of `item/tool/call`.',
  z.object({
    arguments: z.unknown(),
    callId: z.string(),
    namespace: z.string().nullish(),
    threadId: z.string(),
    tool: z.string(),
    turnId: z.string(),
  }),
)

/** Result of `item/tool/call`. */
export const DynamicToolCallResponse = named(
  'DynamicToolCallResponse',
  'Result of `item/tool/call`.',
  z.object({ contentItems: z.array(DynamicToolCallOutputContentItem), success: z.boolean() }),
)
