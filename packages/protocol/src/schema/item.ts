import { z } from 'zod'
import {
  AgentMessageDelivery,
  AgentMessageModeration,
  AsyncUserInputQuestion,
  FunctionCallOutputBody,
  HookPromptFragment,
  MemoryCitation,
  MessagePhase,
  WebSearchAction,
} from './item-message.js'
import {
  CollabAgentState,
  CollabAgentTool,
  CollabAgentToolCallStatus,
  CommandAction,
  CommandExecutionSource,
  CommandExecutionStatus,
  DynamicToolCallOutputContentItem,
  DynamicToolCallStatus,
  FileUpdateChange,
  ImageGenerationFailure,
  ImageGenerationInputImage,
  McpAppUi,
  McpToolCallAppContext,
  McpToolCallError,
  McpToolCallResult,
  McpToolCallStatus,
  PatchApplyStatus,
  SubAgentActivityKind,
} from './item-tool.js'
import { i32, i64, named, path, u64 } from './named.js'
import { ReasoningEffort } from './setting.js'
import { UserInput } from './user-input.js'

function item<T extends string, M extends z.ZodRawShape>(type: T, members: M) {
  return z.object({
    type: z.literal(type),
    id: z.string(),
    ...members,
    startedAtMs: i64.nullish().describe('Milliseconds since 1970.'),
    completedAtMs: i64.nullish().describe('Milliseconds since 1970.'),
  })
}

const imageGeneration = {
  status: z.string(),
  revisedPrompt: z.string().nullish(),
  savedPath: path.nullish(),
  generationId: z.string().nullish(),
  transparentBackground: z.boolean().nullish(),
  inputImages: z.array(ImageGenerationInputImage).optional(),
  failure: ImageGenerationFailure.nullish(),
}

/** Something in a conversation: words, thoughts, or work. */
export const ThreadItem = named(
  'ThreadItem',
  'Something in a conversation: words, thoughts, or work.',
  z.union([
    item('userMessage', { clientId: z.string().nullish(), content: z.array(UserInput) }),
    item('hookPrompt', { fragments: z.array(HookPromptFragment) }),
    item('agentMessage', {
      text: z.string(),
      phase: MessagePhase.nullish(),
      moderation: AgentMessageModeration.nullish(),
      memoryCitation: MemoryCitation.nullish(),
      delivery: AgentMessageDelivery.nullish(),
      questions: z.array(AsyncUserInputQuestion).nullish(),
    }),
    item('functionCallOutput', {
      name: z.string(),
      namespace: z.string().nullish(),
      output: FunctionCallOutputBody,
    }),
    item('plan', { text: z.string() }),
    item('reasoning', { summary: z.array(z.string()).optional(), content: z.array(z.string()).optional() }),
    item('commandExecution', {
      command: z.string(),
      cwd: path,
      pluginId: z.string().nullish(),
      scriptPath: z.string().nullish(),
      processId: z.string().nullish(),
      source: CommandExecutionSource.optional(),
      status: CommandExecutionStatus,
      commandActions: z.array(CommandAction),
      aggregatedOutput: z.string().nullish(),
      exitCode: i32.nullish(),
      durationMs: i64.nullish(),
    }),
    item('fileChange', { changes: z.array(FileUpdateChange), status: PatchApplyStatus }),
    item('mcpToolCall', {
      server: z.string(),
      tool: z.string(),
      status: McpToolCallStatus,
      arguments: z.unknown(),
      appContext: McpToolCallAppContext.nullish(),
      mcpAppResourceUri: z.string().nullish(),
      mcpAppUi: McpAppUi.nullish(),
      pluginId: z.string().nullish(),
      readOnlyHint: z.boolean().nullish(),
      result: McpToolCallResult.nullish(),
      error: McpToolCallError.nullish(),
      durationMs: i64.nullish(),
    }),
    item('dynamicToolCall', {
      namespace: z.string().nullish(),
      tool: z.string(),
      arguments: z.unknown(),
      status: DynamicToolCallStatus,
      contentItems: z.array(DynamicToolCallOutputContentItem).nullish(),
      success: z.boolean().nullish(),
      durationMs: i64.nullish(),
    }),
    item('collabAgentToolCall', {
      tool: CollabAgentTool,
      status: CollabAgentToolCallStatus,
      senderThreadId: z.string(),
      receiverThreadIds: z.array(z.string()),
      prompt: z.string().nullish(),
      model: z.string().nullish(),
      reasoningEffort: ReasoningEffort.nullish(),
      agentsStates: z.record(z.string(), CollabAgentState),
    }),
    item('subAgentActivity', {
      kind: SubAgentActivityKind,
      agentThreadId: z.string(),
      agentPath: z.string(),
      model: z.string().nullish(),
      reasoningEffort: ReasoningEffort.nullish(),
    }),
    item('webSearch', {
      query: z.string(),
      action: WebSearchAction.nullish(),
      results: z.array(z.unknown()).nullish(),
    }),
    item('imageView', { path }),
    item('sleep', { durationMs: u64 }),
    item('imageGeneration', { ...imageGeneration, result: z.string() }),
    item('imageGeneration', { ...imageGeneration, fileId: z.string() }),
    item('enteredReviewMode', { review: z.string() }),
    item('exitedReviewMode', { review: z.string() }),
    item('contextCompaction', {}),
  ]),
)
