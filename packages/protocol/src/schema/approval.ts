import { z } from 'zod'
import { CommandAction } from './item-tool.js'
import { experimental, i64, named, path, u64 } from './named.js'
import { NetworkPolicyAmendment } from './network-policy.js'

const FileSystemAccessMode = named(
  'FileSystemAccessMode',
  'Whether a path may be read or written.',
  z.enum(['read', 'write', 'deny']),
)

const FileSystemSpecialPath = named(
  'FileSystemSpecialPath',
  'A place that is known by name.',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('root') }),
    z.object({ kind: z.literal('minimal') }),
    z.object({ kind: z.literal('project_roots'), subpath: path.nullish() }),
    z.object({ kind: z.literal('tmpdir') }),
    z.object({ kind: z.literal('slash_tmp') }),
    z.object({ kind: z.literal('unknown'), path: z.string(), subpath: path.nullish() }),
  ]),
)

const FileSystemPath = named(
  'FileSystemPath',
  'A path, a pattern, or a place known by name.',
  z.discriminatedUnion('type', [
    z.object({ path, type: z.literal('path') }),
    z.object({ pattern: z.string(), type: z.literal('glob_pattern') }),
    z.object({ type: z.literal('special'), value: FileSystemSpecialPath }),
  ]),
)

const FileSystemSandboxEntry = named(
  'FileSystemSandboxEntry',
  'One path and what may be done with it.',
  z.object({ access: FileSystemAccessMode, path: FileSystemPath }),
)

const AdditionalFileSystemPermissions = named(
  'AdditionalFileSystemPermissions',
  'More paths for one command.',
  z.object({
    entries: z.array(FileSystemSandboxEntry).nullish(),
    globScanMaxDepth: u64.nullish(),
    read: z.array(path).nullish().describe('The older form of `entries`.'),
    write: z.array(path).nullish().describe('The older form of `entries`.'),
  }),
)

const AdditionalNetworkPermissions = named(
  'AdditionalNetworkPermissions',
  'Network for one command.',
  z.object({ enabled: z.boolean().nullish() }),
)

const AdditionalPermissionProfile = named(
  'AdditionalPermissionProfile',
  'More than the sandbox allows, for one command.',
  z.object({ fileSystem: AdditionalFileSystemPermissions.nullish(), network: AdditionalNetworkPermissions.nullish() }),
)

const CommandExecutionApprovalDecision = named(
  'CommandExecutionApprovalDecision',
  'What a person says to a command.',
  z.union([
    z.enum(['accept', 'acceptForSession', 'decline', 'cancel']),
    z.object({ acceptWithExecpolicyAmendment: z.object({ execpolicy_amendment: z.array(z.string()) }) }),
    z.object({ applyNetworkPolicyAmendment: z.object({ network_policy_amendment: NetworkPolicyAmendment }) }),
  ]),
)

const CommandExecutionApprovalKind = named(
  'CommandExecutionApprovalKind',
  'What is to be approved.',
  z.enum(['command', 'writeStdin', 'humanCommand']),
)

const NetworkApprovalProtocol = named(
  'NetworkApprovalProtocol',
  'How a host is reached.',
  z.enum(['http', 'https', 'socks5Tcp', 'socks5Udp']),
)

const NetworkApprovalContext = named(
  'NetworkApprovalContext',
  'The host that is to be reached.',
  z.object({ host: z.string(), protocol: NetworkApprovalProtocol }),
)

/** Params of `item/commandExecution/requestApproval`. */
export const CommandExecutionRequestApprovalParams = named(
  'CommandExecutionRequestApprovalParams',
  'Params of `item/commandExecution/requestApproval`.',
  z.object({
    additionalPermissions: experimental(AdditionalPermissionProfile.nullish()),
    approvalId: z.string().nullish().describe('Tells requests about the same item apart; null for the only one.'),
    availableDecisions: experimental(
      z.array(CommandExecutionApprovalDecision).nullish(),
      'In the order in which they are shown.',
    ),
    command: z.string().nullish(),
    commandActions: z.array(CommandAction).nullish().describe('What the command does, as far as its words tell.'),
    cwd: path.nullish(),
    environmentId: z.string().nullish(),
    itemId: z.string(),
    kind: CommandExecutionApprovalKind.optional().describe('Left out by older servers: a command.'),
    networkApprovalContext: NetworkApprovalContext.nullish(),
    proposedExecpolicyAmendment: z
      .array(z.string())
      .nullish()
      .describe('Words at the start of commands that need no approval any more when this is accepted.'),
    proposedNetworkPolicyAmendments: z.array(NetworkPolicyAmendment).nullish(),
    reason: z.string().nullish(),
    startedAtMs: i64.describe('Milliseconds since 1970.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

/** Result of `item/commandExecution/requestApproval`. */
export const CommandExecutionRequestApprovalResponse = named(
  'CommandExecutionRequestApprovalResponse',
  'Result of `item/commandExecution/requestApproval`.',
  z.object({ decision: CommandExecutionApprovalDecision }),
)

/** Params of `item/fileChange/requestApproval`. */
export const FileChangeRequestApprovalParams = named(
  'FileChangeRequestApprovalParams',
  'Params of `item/fileChange/requestApproval`.',
  z.object({
    grantRoot: z.string().nullish().describe('The folder that may be written below from now on.'),
    itemId: z.string(),
    reason: z.string().nullish(),
    startedAtMs: i64.describe('Milliseconds since 1970.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

const FileChangeApprovalDecision = named(
  'FileChangeApprovalDecision',
  'What a person says to a patch.',
  z.enum(['accept', 'acceptForSession', 'decline', 'cancel']),
)

/** Result of `item/fileChange/requestApproval`. */
export const FileChangeRequestApprovalResponse = named(
  'FileChangeRequestApprovalResponse',
  'Result of `item/fileChange/requestApproval`.',
  z.object({ decision: FileChangeApprovalDecision }),
)

const RequestPermissionProfile = named(
  'RequestPermissionProfile',
  'The permissions that are asked for.',
  z.object({ fileSystem: AdditionalFileSystemPermissions.nullish(), network: AdditionalNetworkPermissions.nullish() }),
)

/** Params of `item/permissions/requestApproval`. */
export const PermissionsRequestApprovalParams = named(
  'PermissionsRequestApprovalParams',
  'Params of `item/permissions/requestApproval`.',
  z.object({
    cwd: path,
    environmentId: z.string().nullish(),
    itemId: z.string(),
    permissions: RequestPermissionProfile,
    reason: z.string().nullish(),
    startedAtMs: i64.describe('Milliseconds since 1970.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

const GrantedPermissionProfile = named(
  'GrantedPermissionProfile',
  'The permissions that were given.',
  z.object({ fileSystem: AdditionalFileSystemPermissions.nullish(), network: AdditionalNetworkPermissions.nullish() }),
)

const PermissionGrantScope = named('PermissionGrantScope', 'How long permissions hold.', z.enum(['turn', 'session']))

/** Result of `item/permissions/requestApproval`. */
export const PermissionsRequestApprovalResponse = named(
  'PermissionsRequestApprovalResponse',
  'Result of `item/permissions/requestApproval`.',
  z.object({
    permissions: GrantedPermissionProfile,
    scope: PermissionGrantScope.optional().describe('Left out: for the turn.'),
    strictAutoReview: z.boolean().nullish().describe('Lets every later command of the turn be reviewed.'),
  }),
)
