import { z } from 'zod'
import { i64, named, path, u64 } from './named.js'

/** Params of `hooks/list`. */
export const HooksListParams = named(
  'HooksListParams',
  'Params of `hooks/list`.',
  z.object({
    cwds: z.array(z.string()).optional().describe('Folders to look from; empty: the server’s own.'),
    threadId: z.string().nullish().describe('A loaded thread whose hooks are wanted, instead of `cwds`.'),
  }),
)

const HookErrorInfo = named(
  'HookErrorInfo',
  'A file of hooks that cannot be read, and why.',
  z.object({ message: z.string(), path: z.string() }),
)

/** What a hook waits for. */
export const HookEventName = named(
  'HookEventName',
  'What a hook waits for.',
  z.enum([
    'preModelRequest',
    'postModelRequest',
    'preToolUse',
    'permissionRequest',
    'postToolUse',
    'preCompact',
    'postCompact',
    'sessionStart',
    'sessionEnd',
    'userPromptSubmit',
    'subagentStart',
    'subagentStop',
    'stop',
    'interrupt',
  ]),
)

const HookSource = named(
  'HookSource',
  'Where a hook comes from.',
  z.enum([
    'system',
    'user',
    'project',
    'mdm',
    'sessionFlags',
    'plugin',
    'cloudRequirements',
    'cloudManagedConfig',
    'legacyManagedConfigFile',
    'legacyManagedConfigMdm',
    'unknown',
  ]),
)

const HookTrustStatus = named(
  'HookTrustStatus',
  'Whether a hook may run.',
  z.enum(['managed', 'untrusted', 'trusted', 'modified']),
)

const HookMetadata = named(
  'HookMetadata',
  'A hook, as lists show it.',
  z.discriminatedUnion('handlerType', [
    z.object({
      additionalContextLimit: u64
        .nullish()
        .describe('Tokens of context that are passed on whole; null: 2,500, 0: no limit.'),
      currentHash: z.string().describe('What trust is given to: another one when the hook is changed.'),
      displayOrder: i64,
      enabled: z.boolean(),
      environmentId: z.string().nullish(),
      eventName: HookEventName,
      isManaged: z.boolean(),
      key: z.string().describe('The same for as long as the hook stays where it is.'),
      matcher: z.string().nullish(),
      pluginId: z.string().nullish(),
      source: HookSource,
      sourcePath: path,
      statusMessage: z.string().nullish(),
      timeoutSec: u64.describe('Seconds.'),
      trustStatus: HookTrustStatus,
      async: z.boolean().optional(),
      command: z.string(),
      handlerType: z.literal('command'),
    }),
    z.object({
      additionalContextLimit: u64
        .nullish()
        .describe('Tokens of context that are passed on whole; null: 2,500, 0: no limit.'),
      currentHash: z.string().describe('What trust is given to: another one when the hook is changed.'),
      displayOrder: i64,
      enabled: z.boolean(),
      environmentId: z.string().nullish(),
      eventName: HookEventName,
      isManaged: z.boolean(),
      key: z.string().describe('The same for as long as the hook stays where it is.'),
      matcher: z.string().nullish(),
      pluginId: z.string().nullish(),
      source: HookSource,
      sourcePath: path,
      statusMessage: z.string().nullish(),
      timeoutSec: u64.describe('Seconds.'),
      trustStatus: HookTrustStatus,
      handlerType: z.literal('mcpTool'),
      server: z.string(),
      tool: z.string(),
    }),
    z.object({
      additionalContextLimit: u64
        .nullish()
        .describe('Tokens of context that are passed on whole; null: 2,500, 0: no limit.'),
      currentHash: z.string().describe('What trust is given to: another one when the hook is changed.'),
      displayOrder: i64,
      enabled: z.boolean(),
      environmentId: z.string().nullish(),
      eventName: HookEventName,
      isManaged: z.boolean(),
      key: z.string().describe('The same for as long as the hook stays where it is.'),
      matcher: z.string().nullish(),
      pluginId: z.string().nullish(),
      source: HookSource,
      sourcePath: path,
      statusMessage: z.string().nullish(),
      timeoutSec: u64.describe('Seconds.'),
      trustStatus: HookTrustStatus,
      handlerType: z.literal('prompt'),
    }),
    z.object({
      additionalContextLimit: u64
        .nullish()
        .describe('Tokens of context that are passed on whole; null: 2,500, 0: no limit.'),
      currentHash: z.string().describe('What trust is given to: another one when the hook is changed.'),
      displayOrder: i64,
      enabled: z.boolean(),
      environmentId: z.string().nullish(),
      eventName: HookEventName,
      isManaged: z.boolean(),
      key: z.string().describe('The same for as long as the hook stays where it is.'),
      matcher: z.string().nullish(),
      pluginId: z.string().nullish(),
      source: HookSource,
      sourcePath: path,
      statusMessage: z.string().nullish(),
      timeoutSec: u64.describe('Seconds.'),
      trustStatus: HookTrustStatus,
      handlerType: z.literal('agent'),
    }),
  ]),
)

const HooksListEntry = named(
  'HooksListEntry',
  'The hooks of one folder.',
  z.object({
    cwd: z.string(),
    errors: z.array(HookErrorInfo),
    hooks: z.array(HookMetadata),
    warnings: z.array(z.string()),
  }),
)

/** Result of `hooks/list`. */
export const HooksListResponse = named(
  'HooksListResponse',
  'Result of `hooks/list`.',
  z.object({ data: z.array(HooksListEntry) }),
)

const HookOutputEntryKind = named(
  'HookOutputEntryKind',
  'What kind of line a hook gave.',
  z.enum(['warning', 'stop', 'feedback', 'context', 'error']),
)

const HookOutputEntry = named(
  'HookOutputEntry',
  'A line that a hook gave.',
  z.object({ kind: HookOutputEntryKind, text: z.string() }),
)

const HookExecutionMode = named('HookExecutionMode', 'Whether a hook is waited for.', z.enum(['sync', 'async']))

const HookHandlerType = named('HookHandlerType', 'What a hook runs.', z.enum(['command', 'mcpTool', 'prompt', 'agent']))

const HookScope = named('HookScope', 'Whether a hook is of a thread or of a turn.', z.enum(['thread', 'turn']))

const HookRunStatus = named(
  'HookRunStatus',
  'How far a run is.',
  z.enum(['running', 'completed', 'failed', 'blocked', 'stopped']),
)

const HookRunSummary = named(
  'HookRunSummary',
  'One run of a hook.',
  z.object({
    completedAt: i64.nullish().describe('Seconds since 1970; null while it runs.'),
    displayOrder: i64,
    durationMs: i64.nullish(),
    entries: z.array(HookOutputEntry),
    eventName: HookEventName,
    executionMode: HookExecutionMode,
    handlerType: HookHandlerType,
    id: z.string(),
    scope: HookScope,
    source: HookSource.optional(),
    sourcePath: path,
    startedAt: i64.describe('Seconds since 1970.'),
    status: HookRunStatus,
    statusMessage: z.string().nullish(),
  }),
)

/** Params of `hook/started`. */
export const HookStartedNotification = named(
  'HookStartedNotification',
  'Params of `hook/started`.',
  z.object({ run: HookRunSummary, threadId: z.string(), turnId: z.string().nullish() }),
)

/** Params of `hook/completed`. */
export const HookCompletedNotification = named(
  'HookCompletedNotification',
  'Params of `hook/completed`.',
  z.object({ run: HookRunSummary, threadId: z.string(), turnId: z.string().nullish() }),
)
