import { z } from 'zod'
import { i64, named, path } from './named.js'

const inProgress = ['inProgress', 'completed', 'failed'] as const

/** What a command does, as far as its words tell. */
export const CommandAction = named(
  'CommandAction',
  'What a command does, as far as its words tell.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('read'), command: z.string(), name: z.string(), path }),
    z.object({ type: z.literal('listFiles'), command: z.string(), path: z.string().nullish() }),
    z.object({
      type: z.literal('search'),
      command: z.string(),
      query: z.string().nullish(),
      path: z.string().nullish(),
    }),
    z.object({ type: z.literal('unknown'), command: z.string() }),
  ]),
)

/** Who ran a command. */
export const CommandExecutionSource = named(
  'CommandExecutionSource',
  'Who ran a command, and how.',
  z.enum(['agent', 'userShell', 'unifiedExecStartup', 'unifiedExecInteraction']),
)

/** How far a command is. */
export const CommandExecutionStatus = named(
  'CommandExecutionStatus',
  'How far a command is.',
  z.enum([...inProgress, 'declined']),
)

/** How far a change of files is. */
export const PatchApplyStatus = named(
  'PatchApplyStatus',
  'How far a change of files is.',
  z.enum([...inProgress, 'declined']),
)

/** What became of one file. */
export const FileUpdateChange = named(
  'FileUpdateChange',
  'What became of one file.',
  z.object({
    path: z.string(),
    kind: named(
      'PatchChangeKind',
      'Whether the file was made, removed or changed.',
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('add') }),
        z.object({ type: z.literal('delete') }),
        z.object({ type: z.literal('update'), move_path: path.nullish() }),
      ]),
    ),
    diff: z.string().describe('Unified diff; the whole content of a file that was made or removed.'),
  }),
)

/** How far a call of an MCP tool is. */
export const McpToolCallStatus = named('McpToolCallStatus', 'How far a call of an MCP tool is.', z.enum(inProgress))

/** Which connected service a tool belongs to. */
export const McpToolCallAppContext = named(
  'McpToolCallAppContext',
  'Which connected service a tool belongs to.',
  z.object({
    connectorId: z.string(),
    linkId: z.string().nullish(),
    resourceUri: z.string().nullish(),
    appName: z.string().nullish(),
    actionName: z.string().nullish(),
  }),
)

/** How a tool's result wants to be shown. */
export const McpAppUi = named(
  'McpAppUi',
  'How a tool’s result wants to be shown.',
  z.object({
    resourceUri: z.string(),
    preferredModelDisplayMode: named(
      'McpAppDisplayMode',
      'Beside the text, or alone.',
      z.enum(['inline', 'fullscreen']),
    ),
  }),
)

/** What an MCP tool gave back. */
export const McpToolCallResult = named(
  'McpToolCallResult',
  'What an MCP tool gave back, as the server sent it.',
  z.object({
    content: z.array(z.unknown()),
    structuredContent: z.unknown().optional(),
    _meta: z.unknown().optional(),
  }),
)

/** Why an MCP tool gave nothing back. */
export const McpToolCallError = named(
  'McpToolCallError',
  'Why an MCP tool gave nothing back.',
  z.object({ message: z.string() }),
)

/** How far a call of a client's tool is. */
export const DynamicToolCallStatus = named(
  'DynamicToolCallStatus',
  'How far a call of a tool of the client is.',
  z.enum(inProgress),
)

/** One piece of what a client's tool gave back. */
export const DynamicToolCallOutputContentItem = named(
  'DynamicToolCallOutputContentItem',
  'One piece of what a tool of the client gave back.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('inputText'), text: z.string() }),
    z.object({ type: z.literal('inputImage'), imageUrl: z.string() }),
    z.object({ type: z.literal('inputAudio'), audioUrl: z.string() }),
  ]),
)

/** A tool by which agents work together. */
export const CollabAgentTool = named(
  'CollabAgentTool',
  'A tool by which agents work together.',
  z.enum([
    'spawnAgent',
    'sendInput',
    'resumeAgent',
    'wait',
    'closeAgent',
    'sendMessage',
    'followupTask',
    'interruptAgent',
    'listAgents',
  ]),
)

/** How far such a call is. */
export const CollabAgentToolCallStatus = named(
  'CollabAgentToolCallStatus',
  'How far a call between agents is.',
  z.enum([...inProgress, 'interrupted']),
)

/** What an agent is doing. */
export const CollabAgentState = named(
  'CollabAgentState',
  'What another agent is doing.',
  z.object({
    status: named(
      'CollabAgentStatus',
      'What another agent is doing.',
      z.enum(['pendingInit', 'running', 'interrupted', 'completed', 'errored', 'shutdown', 'notFound']),
    ),
    message: z.string().nullish(),
  }),
)

/** What happened to a sub-agent. */
export const SubAgentActivityKind = named(
  'SubAgentActivityKind',
  'What happened to an agent below this one.',
  z.enum(['started', 'interacted', 'interrupted', 'completed']),
)

/** Why no picture was made. */
export const ImageGenerationFailure = named(
  'ImageGenerationFailure',
  'Why no picture was made.',
  z.object({ type: z.literal('usageLimitExceeded'), limitId: z.string(), resetsAt: i64.nullish() }),
)

/** A picture that another one was made from. */
export const ImageGenerationInputImage = named(
  'ImageGenerationInputImage',
  'A picture that another one was made from.',
  z.object({ path, sha256: z.string() }),
)
