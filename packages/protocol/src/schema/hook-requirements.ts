import { z } from 'zod'
import { named, table, u64 } from './named.js'

const ConfiguredHookHandler = named(
  'ConfiguredHookHandler',
  'What a hook runs.',
  z.union([
    z.object({
      additionalContextLimit: u64.nullish(),
      async: z.boolean(),
      command: z.string(),
      commandWindows: z.string().nullish(),
      statusMessage: z.string().nullish(),
      timeoutSec: u64.nullish(),
      type: z.enum(['command']),
    }),
    z.object({
      input: table,
      server: z.string(),
      statusMessage: z.string().nullish(),
      timeoutSec: u64.nullish(),
      tool: z.string(),
      type: z.enum(['mcp_tool']),
    }),
    z.object({ type: z.enum(['prompt']) }),
    z.object({ type: z.enum(['agent']) }),
  ]),
)

const ConfiguredHookMatcherGroup = named(
  'ConfiguredHookMatcherGroup',
  'Hooks that run when the matcher fits.',
  z.object({ matcher: z.string().nullish(), hooks: z.array(ConfiguredHookHandler) }),
)

/** Hooks that are run by policy. */
export const ManagedHooksRequirements = named(
  'ManagedHooksRequirements',
  'Hooks that are run by policy.',
  z.object({
    PreModelRequest: z.array(ConfiguredHookMatcherGroup).optional(),
    PostModelRequest: z.array(ConfiguredHookMatcherGroup).optional(),
    managedDir: z.string().nullish(),
    windowsManagedDir: z.string().nullish(),
    PreToolUse: z.array(ConfiguredHookMatcherGroup),
    PermissionRequest: z.array(ConfiguredHookMatcherGroup),
    PostToolUse: z.array(ConfiguredHookMatcherGroup),
    PreCompact: z.array(ConfiguredHookMatcherGroup),
    PostCompact: z.array(ConfiguredHookMatcherGroup),
    SessionStart: z.array(ConfiguredHookMatcherGroup),
    SessionEnd: z.array(ConfiguredHookMatcherGroup).optional(),
    UserPromptSubmit: z.array(ConfiguredHookMatcherGroup),
    SubagentStart: z.array(ConfiguredHookMatcherGroup),
    SubagentStop: z.array(ConfiguredHookMatcherGroup),
    Stop: z.array(ConfiguredHookMatcherGroup),
    Interrupt: z.array(ConfiguredHookMatcherGroup).optional(),
  }),
)
