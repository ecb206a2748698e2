import type { ClientMethodRow } from './row.js'
import { CLOUD, experimentalRefused, stable, stableRefused } from './state.js'

const REMOTE = 'needs the vendor’s remote control service'

/** Accounts, sign-in, and the vendor’s services. In the reference’s order. */
export const accountMethods = {
  'userVerification/status': experimentalRefused(CLOUD),
  'userVerification/enroll': experimentalRefused(CLOUD),
  'userVerification/delete': experimentalRefused(CLOUD),
  'userVerification/verify': experimentalRefused(CLOUD),
  'userVerification/cancel': experimentalRefused(CLOUD),
  'account/gatewayOAuth/read': {
    stability: 'stable',
    state: 'served',
    params: 'GatewayOAuthReadParams',
    paramsOptional: true,
    result: 'GatewayOAuthReadResponse',
  },
  'account/gatewayOAuth/login': {
    stability: 'stable',
    state: 'served',
    params: 'GatewayOAuthLoginParams',
    paramsOptional: true,
    result: 'GatewayOAuthLoginResponse',
  },
  'account/gatewayOAuth/cancel': {
    stability: 'stable',
    state: 'served',
    paramsOptional: true,
    result: 'GatewayOAuthCancelResponse',
  },
  'remoteControl/enable': experimentalRefused(REMOTE),
  'remoteControl/disable': experimentalRefused(REMOTE),
  'remoteControl/status/read': experimentalRefused(REMOTE),
  'remoteControl/pairing/start': experimentalRefused(REMOTE),
  'remoteControl/pairing/status': experimentalRefused(REMOTE),
  'remoteControl/client/list': experimentalRefused(REMOTE),
  'remoteControl/client/revoke': experimentalRefused(REMOTE),
  'account/login/start': {
    stability: 'stable',
    state: 'served',
    params: 'LoginAccountParams',
    result: 'LoginAccountResponse',
  },
  'account/bedrock/discover': experimentalRefused(CLOUD),
  'account/bedrock/setup': experimentalRefused(CLOUD),
  'account/gcp/setup': experimentalRefused(CLOUD),
  'account/bedrock/checkGovCloudRequirements': {
    stability: 'experimental',
    state: 'served',
    params: 'BedrockCheckGovCloudRequirementsParams',
    result: 'BedrockCheckGovCloudRequirementsResponse',
  },
  'account/login/cancel': {
    stability: 'stable',
    state: 'served',
    params: 'CancelLoginAccountParams',
    result: 'CancelLoginAccountResponse',
  },
  'accountSession/list': experimentalRefused(CLOUD),
  'accountSession/switch': experimentalRefused(CLOUD),
  'account/logout': { stability: 'stable', state: 'served', paramsOptional: true, result: 'LogoutAccountResponse' },
  'account/securitySetup/read': stableRefused(CLOUD),
  'account/rateLimits/read': stableRefused(CLOUD),
  'account/rateLimitResetCredit/consume': stableRefused(CLOUD),
  'account/usage/read': stableRefused(CLOUD),
  'account/workspaceMessages/read': stableRefused(CLOUD),
  'account/sendAddCreditsNudgeEmail': stableRefused(CLOUD),
  'feedback/upload': stableRefused(CLOUD),
  'feedback/save': stable,
  'account/read': { stability: 'stable', state: 'served', params: 'GetAccountParams', result: 'GetAccountResponse' },
  getAuthStatus: {
    stability: 'stable',
    state: 'served',
    params: 'GetAuthStatusParams',
    result: 'GetAuthStatusResponse',
  },
} as const satisfies Record<string, ClientMethodRow>
