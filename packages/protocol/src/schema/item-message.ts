import { z } from 'zod'
import { named, table, u32 } from './named.js'
import { ImageDetail } from './user-input.js'

/** Which part of an answer a message is. */
export const MessagePhase = named(
  'MessagePhase',
  'Which part of an answer a message is.',
  z.enum(['commentary', 'partial_answer', 'final_answer']),
)

/** What became of a message that was looked at for its content. */
export const AgentMessageModeration = named(
  'AgentMessageModeration',
  'What became of a message that was looked at for its content.',
  z.object({
    moderated: z.boolean(),
    display: named(
      'AgentMessageDisplay',
      'How such a message is shown.',
      z.object({
        action: z.string(),
        blockType: z.string().nullish(),
        checkTrustedContacts: z.boolean().nullish(),
        cyberTrustedAccess: z.boolean().nullish(),
      }),
    ).nullish(),
  }),
)

/** When a message is delivered. */
export const AgentMessageDelivery = named(
  'AgentMessageDelivery',
  'Set on a message that came while the agent went on working.',
  z.enum(['async']),
)

/** A question that does not hold up the agent. */
export const AsyncUserInputQuestion = named(
  'AsyncUserInputQuestion',
  'A question that does not hold up the agent.',
  z.object({ title: z.string(), options: z.array(z.string()).nullish() }),
)

/** Which memories a message goes back to. */
export const MemoryCitation = named(
  'MemoryCitation',
  'Which memories a message goes back to.',
  z.object({
    entries: z.array(
      named(
        'MemoryCitationEntry',
        'Lines of a memory file.',
        z.object({ path: z.string(), lineStart: u32, lineEnd: u32, note: z.string() }),
      ),
    ),
    threadIds: z.array(z.string()),
  }),
)

/** What a hook put before the model. */
export const HookPromptFragment = named(
  'HookPromptFragment',
  'What a hook put before the model.',
  z.object({ hookRunId: z.string(), text: z.string() }),
)

const inputImage = { type: z.literal('input_image'), detail: ImageDetail.nullish() }

const FunctionCallOutputContentItem = named(
  'FunctionCallOutputContentItem',
  'One piece of what a function gave back, in the words of the model’s interface.',
  z.union([
    z.object({ type: z.literal('input_text'), text: z.string() }),
    z.object({ ...inputImage, image_url: z.string() }),
    z.object({ ...inputImage, file_id: z.string() }),
    z.object({ type: z.literal('input_audio'), audio_url: z.string() }),
    z.object({ type: z.literal('input_audio'), file_id: z.string() }),
    z.object({ type: z.literal('encrypted_content'), encrypted_content: z.string() }),
  ]),
)

/** What a function gave back. */
export const FunctionCallOutputBody = named(
  'FunctionCallOutputBody',
  'What a function gave back: a text, or several pieces.',
  z.union([z.string(), z.array(FunctionCallOutputContentItem)]),
)

/** What a search on the web did. */
export const WebSearchAction = named(
  'WebSearchAction',
  'What a search on the web did.',
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('search'),
      query: z.string().nullish(),
      queries: z.array(z.string()).nullish(),
    }),
    z.object({ type: z.literal('openPage'), url: z.string().nullish() }),
    z.object({ type: z.literal('findInPage'), url: z.string().nullish(), pattern: z.string().nullish() }),
    z.object({ type: z.literal('other') }),
  ]),
)

/** What a thread's storage may add. */
export const ThreadExtra = named('ThreadExtra', 'What a thread’s storage may add. Nothing here.', table)
