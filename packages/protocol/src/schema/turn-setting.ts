import { z } from 'zod'
import { named, path } from './named.js'
import { ReasoningEffort } from './setting.js'

/** A machine that a turn works on. */
export const TurnEnvironmentParams = named(
  'TurnEnvironmentParams',
  'A machine that a turn works on.',
  z.object({
    cwd: path,
    environmentId: z.string(),
    runtimeWorkspaceRoots: z.array(path).nullish().describe('Null: `cwd` alone.'),
  }),
)

/** Whether agents may start agents. */
export const MultiAgentMode = named(
  'MultiAgentMode',
  'Whether agents may start agents.',
  z.union([z.enum(['explicitRequestOnly', 'proactive']), z.object({ custom: z.string() })]),
)

/** A manner of speaking. */
export const Personality = named('Personality', 'A manner of speaking.', z.enum(['none', 'friendly', 'pragmatic']))

/** The kind of a collaboration mode. */
export const ModeKind = named('ModeKind', 'The kind of a collaboration mode.', z.enum(['plan', 'default']))

const Settings = named(
  'Settings',
  'Model and instructions of a collaboration mode.',
  z.object({
    developer_instructions: z.string().nullish().describe('Null: those of the mode.'),
    model: z.string(),
    reasoning_effort: ReasoningEffort.nullish(),
  }),
)

/** How the agent and the person work together, and with which settings. */
export const CollaborationMode = named(
  'CollaborationMode',
  'How the agent and the person work together, and with which settings.',
  z.object({ mode: ModeKind, settings: Settings }),
)

/** The program under which a turn asks for work on security. It grants nothing by itself. */
export const CyberAccessProgram = named(
  'CyberAccessProgram',
  'The program under which a turn asks for work on security. It grants nothing by itself.',
  z.enum(['standard', 'daybreakBlue', 'daybreakRed']),
)
