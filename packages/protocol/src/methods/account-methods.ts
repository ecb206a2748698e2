import type { ClientMethodRow } from './row.js'
import { CLOUD, experimental, experimentalRefused, stable, stableRefused } from './state.js'

const REMOTE = 'needs the vendor’s remote control service'

/** Accounts, sign-in, and the vendor’s services. In the reference’s order. */
export const accountMethods = {
  'userVerification/status': experimentalRefused(CLOUD),
  'userVerification/enroll': experimentalRefused(CLOUD),
  'userVerification/delete': experimentalRefused(CLOUD),
  'userVerification/verify': experimentalRefused(CLOUD),
  'userVerification/cancel': experimentalRefused(CLOUD),
  'account/gatewayOAuth/read': stableRefused(CLOUD),
  'account/gatewayOAuth/login': stableRefused(CLOUD),
  'account/gatewayOAuth/cancel': stableRefused(CLOUD),
  'remoteControl/enable': experimentalRefused(REMOTE),
  'remoteControl/disable': experimentalRefused(REMOTE),
  'remoteControl/status/read': experimentalRefused(REMOTE),
  'remoteControl/pairing/start': experimentalRefused(REMOTE),
  'remoteControl/pairing/status': experimentalRefused(REMOTE),
  'remoteControl/client/list': experimentalRefused(REMOTE),
  'remoteControl/client/revoke': experimentalRefused(REMOTE),
  'account/login/start': { ...stable, params: 'LoginAccountParams', result: 'LoginAccountResponse' },
  'account/bedrock/discover': experimental,
  'account/bedrock/setup': experimental,
  'account/gcp/setup': experimental,
  'account/bedrock/checkGovCloudRequirements': {
    ...experimental,
    params: 'BedrockCheckGovCloudRequirementsParams',
    result: 'BedrockCheckGovCloudRequirementsResponse',
  },
  'account/login/cancel': { ...stable, params: 'CancelLoginAccountParams', result: 'CancelLoginAccountResponse' },
  'accountSession/list': experimentalRefused(CLOUD),
  'accountSession/switch': experimentalRefused(CLOUD),
  'account/logout': { ...stable, paramsOptional: true, result: 'LogoutAccountResponse' },
  'account/securitySetup/read': stableRefused(CLOUD),
  'account/rateLimits/read': stableRefused(CLOUD),
  'account/rateLimitResetCredit/consume': stableRefused(CLOUD),
  'account/usage/read': stableRefused(CLOUD),
  'account/workspaceMessages/read': stableRefused(CLOUD),
  'account/sendAddCreditsNudgeEmail': stableRefused(CLOUD),
  'feedback/upload': stableRefused(CLOUD),
  'feedback/save': stable,
  'account/read': { ...stable, params: 'GetAccountParams', result: 'GetAccountResponse' },
  getAuthStatus: { ...stable, paramsOptional: true },
} as const satisfies Record<string, ClientMethodRow>
