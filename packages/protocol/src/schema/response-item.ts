import { z } from 'zod'
import { FunctionCallOutputBody, MessagePhase } from './item-message.js'
import { named, u64 } from './named.js'
import { ReasoningEffort } from './setting.js'
import { ImageDetail } from './user-input.js'

const ContentItem = named(
  'ContentItem',
  'A part of a message, as the model’s interface spells it.',
  z.union([
    z.object({ text: z.string(), type: z.literal('input_text') }),
    z.union([
      z.object({ detail: ImageDetail.nullish(), type: z.literal('input_image'), image_url: z.string() }),
      z.object({ detail: ImageDetail.nullish(), type: z.literal('input_image'), file_id: z.string() }),
    ]),
    z.union([
      z.object({ type: z.literal('input_audio'), audio_url: z.string() }),
      z.object({ type: z.literal('input_audio'), file_id: z.string() }),
    ]),
    z.object({
      annotations: z.array(z.unknown()).nullish(),
      logprobs: z.array(z.unknown()).nullish(),
      text: z.string(),
      type: z.literal('output_text'),
    }),
  ]),
)

const InternalChatMessageMetadataPassthrough = named(
  'InternalChatMessageMetadataPassthrough',
  'What goes along with a message unread.',
  z.object({ turn_id: z.string().nullish() }),
)

const AgentMessageInputContent = named(
  'AgentMessageInputContent',
  'A part of a message between agents.',
  z.discriminatedUnion('type', [
    z.object({ text: z.string(), type: z.literal('input_text') }),
    z.object({ encrypted_content: z.string(), type: z.literal('encrypted_content') }),
  ]),
)

const ReasoningItemContent = named(
  'ReasoningItemContent',
  'A thought in full.',
  z.discriminatedUnion('type', [
    z.object({ text: z.string(), type: z.literal('reasoning_text') }),
    z.object({ text: z.string(), type: z.literal('text') }),
  ]),
)

const ReasoningItemReasoningSummary = named(
  'ReasoningItemReasoningSummary',
  'A thought in short.',
  z.discriminatedUnion('type', [z.object({ text: z.string(), type: z.literal('summary_text') })]),
)

const LocalShellAction = named(
  'LocalShellAction',
  'What a hosted shell call runs.',
  z.discriminatedUnion('type', [
    z.object({
      command: z.array(z.string()),
      env: z.record(z.string(), z.string()).nullish(),
      timeout_ms: u64.nullish(),
      type: z.literal('exec'),
      user: z.string().nullish(),
      working_directory: z.string().nullish(),
    }),
  ]),
)

const LocalShellStatus = named(
  'LocalShellStatus',
  'How far a hosted shell call is.',
  z.enum(['completed', 'in_progress', 'incomplete']),
)

const ResponsesApiWebSearchAction = named(
  'ResponsesApiWebSearchAction',
  'What a hosted search did.',
  z.discriminatedUnion('type', [
    z.object({ queries: z.array(z.string()).nullish(), query: z.string().nullish(), type: z.literal('search') }),
    z.object({ type: z.literal('open_page'), url: z.string().nullish() }),
    z.object({ pattern: z.string().nullish(), type: z.literal('find_in_page'), url: z.string().nullish() }),
    z.object({ type: z.literal('other') }),
  ]),
)

const ConfigurationReasoning = named(
  'ConfigurationReasoning',
  'How the model was told to think.',
  z.object({ effort: ReasoningEffort }),
)

/** One item of the model's input or output, as its interface spells it. */
export const ResponseItem = named(
  'ResponseItem',
  'One item of the model’s input or output, as its interface spells it.',
  z.discriminatedUnion('type', [
    z.object({
      id: z.string().nullish(),
      role: z.string(),
      tools: z.array(z.unknown()),
      type: z.literal('additional_tools'),
    }),
    z.object({
      content: z.array(ContentItem),
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      phase: MessagePhase.nullish(),
      role: z.string(),
      status: z.string().nullish(),
      type: z.literal('message'),
    }),
    z.object({
      author: z.string(),
      content: z.array(AgentMessageInputContent),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      recipient: z.string(),
      type: z.literal('agent_message'),
    }),
    z.object({
      content: z.array(ReasoningItemContent).nullish(),
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      summary: z.array(ReasoningItemReasoningSummary),
      type: z.literal('reasoning'),
    }),
    z.object({
      action: LocalShellAction,
      call_id: z.string().nullish(),
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      status: LocalShellStatus,
      type: z.literal('local_shell_call'),
    }),
    z.object({
      arguments: z.string(),
      call_id: z.string(),
      encrypted_content: z.string().nullish(),
      encrypted_function_args: z.array(z.string()).nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      name: z.string(),
      namespace: z.string().nullish(),
      status: z.string().nullish(),
      type: z.literal('function_call'),
    }),
    z.object({
      arguments: z.unknown(),
      call_id: z.string().nullish(),
      encrypted_content: z.string().nullish(),
      execution: z.string(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      status: z.string().nullish(),
      type: z.literal('tool_search_call'),
    }),
    z.object({
      call_id: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      name: z.string().nullish(),
      namespace: z.string().nullish(),
      output: FunctionCallOutputBody,
      type: z.literal('function_call_output'),
    }),
    z.object({
      call_id: z.string(),
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      input: z.string(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      name: z.string(),
      namespace: z.string().nullish(),
      status: z.string().nullish(),
      type: z.literal('custom_tool_call'),
    }),
    z.object({
      call_id: z.string(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      name: z.string().nullish(),
      output: FunctionCallOutputBody,
      type: z.literal('custom_tool_call_output'),
    }),
    z.object({
      call_id: z.string().nullish(),
      execution: z.string(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      status: z.string(),
      tools: z.array(z.unknown()),
      type: z.literal('tool_search_output'),
    }),
    z.object({
      action: ResponsesApiWebSearchAction.nullish(),
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      status: z.string().nullish(),
      type: z.literal('web_search_call'),
    }),
    z.object({
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      result: z.string(),
      revised_prompt: z.string().nullish(),
      status: z.string(),
      type: z.literal('image_generation_call'),
    }),
    z.object({
      encrypted_content: z.string(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      type: z.literal('compaction'),
    }),
    z.object({ reasoning: ConfigurationReasoning, type: z.literal('configuration_update') }),
    z.object({ type: z.literal('compaction_trigger') }),
    z.object({
      encrypted_content: z.string().nullish(),
      id: z.string().nullish(),
      internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough.nullish(),
      type: z.literal('context_compaction'),
    }),
    z.object({ type: z.literal('other') }),
  ]),
)
