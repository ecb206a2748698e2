import { z } from 'zod'
import { named } from './named.js'

/** When a command needs a person’s approval. */
export const AskForApproval = named(
  'AskForApproval',
  'When a command needs a person’s approval.',
  z.union([
    z.enum(['untrusted', 'on-request', 'never']),
    z.object({
      granular: z.object({
        mcp_elicitations: z.boolean(),
        request_permissions: z.boolean().optional(),
        rules: z.boolean(),
        sandbox_approval: z.boolean(),
        skill_approval: z.boolean().optional(),
      }),
    }),
  ]),
)

/** Who answers requests for approval. */
export const ApprovalsReviewer = named(
  'ApprovalsReviewer',
  'Who answers requests for approval.',
  z.enum(['user', 'auto_review', 'guardian_subagent']),
)

/** The only way of signing in. */
export const ForcedLoginMethod = named('ForcedLoginMethod', 'The only way of signing in.', z.enum(['chatgpt', 'api']))

/** What commands may touch. */
export const SandboxMode = named(
  'SandboxMode',
  'What commands may touch.',
  z.enum(['read-only', 'workspace-write', 'danger-full-access']),
)

/** Whether and how the model may search the web. */
export const WebSearchMode = named(
  'WebSearchMode',
  'Whether and how the model may search the web.',
  z.enum(['disabled', 'cached', 'indexed', 'live']),
)

/** How hard the model thinks; the known words depend on the model. */
export const ReasoningEffort = named(
  'ReasoningEffort',
  'How hard the model thinks; the known words depend on the model.',
  z.string(),
)

/** Allowed or denied. */
export const AllowDenyRequirement = named('AllowDenyRequirement', 'Allowed or denied.', z.enum(['allow', 'deny']))
