import type { ClientNotificationRow, ServerRequestRow } from './row.js'
import { CLOUD, experimental, stable, stableRefused } from './state.js'

/** Every request that the server may make of a client, in the reference’s order. */
export const serverRequests = {
  'item/commandExecution/requestApproval': stable,
  'item/fileChange/requestApproval': stable,
  'item/tool/requestUserInput': stable,
  'mcpServer/elicitation/request': stable,
  'item/permissions/requestApproval': stable,
  'item/tool/call': stable,
  'account/chatgptAuthTokens/refresh': stableRefused(CLOUD),
  'attestation/generate': stableRefused(CLOUD),
  'currentTime/read': experimental,
  applyPatchApproval: stable,
  execCommandApproval: stable,
} as const satisfies Record<string, ServerRequestRow>

/** Every notification that a client may send. */
export const clientNotifications = {
  initialized: { stability: 'stable' },
} as const satisfies Record<string, ClientNotificationRow>
