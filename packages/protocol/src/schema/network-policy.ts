import { z } from 'zod'
import { named } from './named.js'

const NetworkPolicyRuleAction = named(
  'NetworkPolicyRuleAction',
  'Whether a host is let through.',
  z.enum(['allow', 'deny']),
)

/** A rule for a host. */
export const NetworkPolicyAmendment = named(
  'NetworkPolicyAmendment',
  'A rule for a host.',
  z.object({ action: NetworkPolicyRuleAction, host: z.string() }),
)
