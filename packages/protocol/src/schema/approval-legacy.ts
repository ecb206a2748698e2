import { z } from 'zod'
import { named } from './named.js'
import { NetworkPolicyAmendment } from './network-policy.js'

const FileChange = named(
  'FileChange',
  'What becomes of one file, in the older form.',
  z.discriminatedUnion('type', [
    z.object({ content: z.string(), type: z.literal('add') }),
    z.object({ content: z.string(), type: z.literal('delete') }),
    z.object({ move_path: z.string().nullish(), type: z.literal('update'), unified_diff: z.string() }),
  ]),
)

/** Params of `applyPatchApproval`. */
export const ApplyPatchApprovalParams = named(
  'ApplyPatchApprovalParams',
  'Params of `applyPatchApproval`.',
  z.object({
    callId: z.string(),
    conversationId: z.string(),
    fileChanges: z.record(z.string(), FileChange).describe('By path.'),
    grantRoot: z.string().nullish(),
    reason: z.string().nullish(),
  }),
)

const ReviewDecision = named(
  'ReviewDecision',
  'What a person says, in the older form.',
  z.union([
    z.enum(['approved', 'approved_for_session', 'approved_mcp_policy_amendment', 'timed_out', 'abort']),
    z.object({ approved_execpolicy_amendment: z.object({ proposed_execpolicy_amendment: z.array(z.string()) }) }),
    z.object({ network_policy_amendment: z.object({ network_policy_amendment: NetworkPolicyAmendment }) }),
    z.object({ denied: z.object({ rejection: z.string() }) }),
  ]),
)

/** Result of `applyPatchApproval`. */
export const ApplyPatchApprovalResponse = named(
  'ApplyPatchApprovalResponse',
  'Result of `applyPatchApproval`.',
  z.object({ decision: ReviewDecision }),
)

const ParsedCommand = named(
  'ParsedCommand',
  'What a command does, in the older form.',
  z.discriminatedUnion('type', [
    z.object({ cmd: z.string(), name: z.string(), path: z.string(), type: z.literal('read') }),
    z.object({ cmd: z.string(), path: z.string().nullish(), type: z.literal('list_files') }),
    z.object({ cmd: z.string(), path: z.string().nullish(), query: z.string().nullish(), type: z.literal('search') }),
    z.object({ cmd: z.string(), type: z.literal('unknown') }),
  ]),
)

/** Params of `execCommandApproval`. */
export const ExecCommandApprovalParams = named(
  'ExecCommandApprovalParams',
  'Params of `execCommandApproval`.',
  z.object({
    approvalId: z.string().nullish(),
    callId: z.string(),
    command: z.array(z.string()).describe('The program and its arguments.'),
    conversationId: z.string(),
    cwd: z.string(),
    parsedCmd: z.array(ParsedCommand),
    reason: z.string().nullish(),
  }),
)

/** Result of `execCommandApproval`. */
export const ExecCommandApprovalResponse = named(
  'ExecCommandApprovalResponse',
  'Result of `execCommandApproval`.',
  z.object({ decision: ReviewDecision }),
)
