import { resolve } from 'node:path'
import type { ThreadSettings } from '@gangway/agent'
import type {
  ApprovalsReviewer,
  AskForApproval,
  CollaborationMode,
  Config,
  MultiAgentMode,
  Personality,
  ReasoningSummary,
  SandboxMode,
  SandboxPolicy,
  TurnEnvironmentParams,
  ThreadSettings as WireSettings,
} from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'
import { type Permissions, permissionsOfProfile, policyOfMode } from './permissions.js'

/** What the requests of a conversation may say of its settings. Null and absent: as it is. */
export interface GivenSettings {
  readonly cwd?: string | null | undefined
  readonly model?: string | null | undefined
  readonly modelProvider?: string | null | undefined
  readonly approvalPolicy?: AskForApproval | null | undefined
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined
  readonly sandbox?: SandboxMode | null | undefined
  readonly sandboxPolicy?: SandboxPolicy | null | undefined
  readonly permissions?: string | null | undefined
  readonly effort?: string | null | undefined
  readonly summary?: ReasoningSummary | null | undefined
  readonly serviceTier?: string | null | undefined
  readonly personality?: Personality | null | undefined
  readonly collaborationMode?: CollaborationMode | null | undefined
  readonly multiAgentMode?: MultiAgentMode | null | undefined
  readonly disabledPluginIds?: readonly string[] | null | undefined
  readonly environments?: readonly TurnEnvironmentParams[] | null | undefined
  readonly runtimeWorkspaceRoots?: readonly string[] | null | undefined
  readonly baseInstructions?: string | null | undefined
  readonly developerInstructions?: string | null | undefined
}

/** Where settings are changed from. */
export interface SettingsBase {
  readonly cwd: string
  readonly config: Config
  /** Default: what a thread in `cwd` has, without a model of its own. */
  readonly current?: ThreadSettings
}

/** The members of `given` that say something, as settings. @throws RpcError for what does not go together, or cannot be */
export function settingsChange(given: GivenSettings, { cwd, config, current }: SettingsBase): Partial<ThreadSettings> {
  const permissions = permissionsGiven(given, config)
  const change: Partial<Mutable<ThreadSettings>> = { ...permissions }
  for (const member of plainMembers) {
    const value = given[member]
    if (value !== null && value !== undefined) Object.assign(change, { [member]: value })
  }
  Object.assign(change, placeGiven(given, cwd), collaborationGiven(given, current))
  return change
}

/** The settings as the wire shows them. */
export function wireSettings(settings: ThreadSettings): WireSettings {
  const { workspaceRoots, baseInstructions, developerInstructions, profileRules, ...shown } = settings
  return shown
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const plainMembers = [
  'model',
  'modelProvider',
  'approvalPolicy',
  'approvalsReviewer',
  'effort',
  'summary',
  'serviceTier',
  'personality',
  'multiAgentMode',
  'disabledPluginIds',
  'baseInstructions',
  'developerInstructions',
] as const

function permissionsGiven(given: GivenSettings, config: Config): Partial<Permissions> {
  const { permissions, sandbox, sandboxPolicy } = given
  if (typeof permissions === 'string') {
    const other = sandbox ? 'sandbox' : sandboxPolicy ? 'sandboxPolicy' : undefined
    if (other) throw invalidRequest(`\`permissions\` cannot be combined with \`${other}\``)
    return permissionsOfProfile(permissions, config)
  }
  const none = { activePermissionProfile: null, profileRules: null }
  if (sandboxPolicy) return { sandboxPolicy: wholePolicy(sandboxPolicy), ...none }
  if (sandbox) return { sandboxPolicy: policyOfMode(sandbox, config), ...none }
  return {}
}

/** A policy with every member that it may have. */
function wholePolicy(policy: SandboxPolicy): SandboxPolicy {
  if (policy.type === 'readOnly') return { type: 'readOnly', networkAccess: policy.networkAccess ?? false }
  if (policy.type === 'externalSandbox') {
    return { type: 'externalSandbox', networkAccess: policy.networkAccess ?? 'restricted' }
  }
  if (policy.type === 'dangerFullAccess') return policy
  return {
    type: 'workspaceWrite',
    writableRoots: policy.writableRoots ?? [],
    networkAccess: policy.networkAccess ?? false,
    excludeTmpdirEnvVar: policy.excludeTmpdirEnvVar ?? false,
    excludeSlashTmp: policy.excludeSlashTmp ?? false,
  }
}

/** Folder, roots and machines, which belong together. Source: reference 0.169.0. */
function placeGiven(given: GivenSettings, base: string): Partial<ThreadSettings> {
  const { environments, runtimeWorkspaceRoots } = given
  const isMoved = typeof given.cwd === 'string'
  if (!isMoved && !environments && !runtimeWorkspaceRoots) return {}
  const cwd = isMoved ? resolve(base, given.cwd as string) : base
  const foreign = environments?.find(({ environmentId }) => environmentId !== LOCAL)
  if (foreign) throw invalidRequest(`unknown turn environment id \`${foreign.environmentId}\``)
  const [local] = environments ?? []
  const roots = runtimeWorkspaceRoots ?? local?.runtimeWorkspaceRoots ?? (environments?.length === 0 ? [] : [cwd])
  const isNowhere = environments?.length === 0
  return {
    cwd,
    workspaceRoots: roots,
    environments: isNowhere
      ? []
      : [{ environmentId: LOCAL, cwd: local?.cwd ?? cwd, runtimeWorkspaceRoots: [...roots] }],
  }
}

const LOCAL = 'local'

/** A mode brings its model along, and a model or an effort changes those of the mode. */
function collaborationGiven(given: GivenSettings, current: ThreadSettings | undefined): Partial<ThreadSettings> {
  const { collaborationMode: mode } = given
  if (mode) {
    const { model, reasoning_effort: effort = null } = mode.settings
    return { collaborationMode: mode, model, effort }
  }
  if (!current || (!given.model && !given.effort)) return {}
  const { collaborationMode } = current
  return {
    collaborationMode: {
      ...collaborationMode,
      settings: {
        ...collaborationMode.settings,
        model: given.model ?? current.model,
        reasoning_effort: given.effort ?? current.effort ?? null,
      },
    },
  }
}
