import type { ClientNotificationRow, ServerRequestRow } from './row.js'
import { CLOUD, experimental, stable, stableRefused } from './state.js'

/** Every request that the server may make of a client, in the reference’s order. */
export const serverRequests = {
  'item/commandExecution/requestApproval': {
    ...stable,
    params: 'CommandExecutionRequestApprovalParams',
    result: 'CommandExecutionRequestApprovalResponse',
  },
  'item/fileChange/requestApproval': {
    ...stable,
    params: 'FileChangeRequestApprovalParams',
    result: 'FileChangeRequestApprovalResponse',
  },
  'item/tool/requestUserInput': {
    ...stable,
    params: 'ToolRequestUserInputParams',
    result: 'ToolRequestUserInputResponse',
  },
  'mcpServer/elicitation/request': {
    ...stable,
    params: 'McpServerElicitationRequestParams',
    result: 'McpServerElicitationRequestResponse',
  },
  'item/permissions/requestApproval': {
    ...stable,
    params: 'PermissionsRequestApprovalParams',
    result: 'PermissionsRequestApprovalResponse',
  },
  'item/tool/call': { ...stable, params: 'DynamicToolCallParams', result: 'DynamicToolCallResponse' },
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
