import type { ClientNotificationRow, ServerRequestRow } from './row.js'
import { CLOUD, experimental, stable, stableRefused } from './state.js'

/** Every request that the server may make of a client, in the reference’s order. */
export const serverRequests = {
  'item/commandExecution/requestApproval': {
    stability: 'stable',
    state: 'served',
    params: 'CommandExecutionRequestApprovalParams',
    result: 'CommandExecutionRequestApprovalResponse',
  },
  'item/fileChange/requestApproval': {
    stability: 'stable',
    state: 'served',
    params: 'FileChangeRequestApprovalParams',
    result: 'FileChangeRequestApprovalResponse',
  },
  'item/tool/requestUserInput': {
    stability: 'stable',
    state: 'served',
    params: 'ToolRequestUserInputParams',
    result: 'ToolRequestUserInputResponse',
  },
  'mcpServer/elicitation/request': {
    stability: 'stable',
    state: 'served',
    params: 'McpServerElicitationRequestParams',
    result: 'McpServerElicitationRequestResponse',
  },
  'item/permissions/requestApproval': {
    stability: 'stable',
    state: 'served',
    params: 'PermissionsRequestApprovalParams',
    result: 'PermissionsRequestApprovalResponse',
  },
  'item/tool/call': {
    stability: 'stable',
    state: 'served',
    params: 'DynamicToolCallParams',
    result: 'DynamicToolCallResponse',
  },
  'account/chatgptAuthTokens/refresh': stableRefused(CLOUD),
  'attestation/generate': stableRefused(CLOUD),
  'currentTime/read': { ...experimental, params: 'CurrentTimeReadParams', result: 'CurrentTimeReadResponse' },
  applyPatchApproval: { ...stable, params: 'ApplyPatchApprovalParams', result: 'ApplyPatchApprovalResponse' },
  execCommandApproval: { ...stable, params: 'ExecCommandApprovalParams', result: 'ExecCommandApprovalResponse' },
} as const satisfies Record<string, ServerRequestRow>

/** Every notification that a client may send. */
export const clientNotifications = {
  initialized: { stability: 'stable' },
} as const satisfies Record<string, ClientNotificationRow>
