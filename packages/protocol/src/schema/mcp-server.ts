import { z } from 'zod'
import { i64, named, table, u32 } from './named.js'

const McpServerStatusDetail = named(
  'McpServerStatusDetail',
  'Mcp server status detail.',
  z.enum(['full', 'toolsAndAuthOnly']),
)

/** Params of `mcpServerStatus/list`. */
export const ListMcpServerStatusParams = named(
  'ListMcpServerStatusParams',
  'Params of `mcpServerStatus/list`.',
  z.object({
    cursor: z.string().nullish(),
    detail: McpServerStatusDetail.nullish(),
    limit: u32.nullish(),
    serverName: z.string().nullish(),
    threadId: z.string().nullish(),
  }),
)

const McpAuthStatus = named(
  'McpAuthStatus',
  'Mcp auth status.',
  z.enum(['unknown', 'unsupported', 'notLoggedIn', 'bearerToken', 'oAuth']),
)

const ResourceTemplate = named(
  'ResourceTemplate',
  'Resource template.',
  z.object({
    annotations: z.unknown().optional(),
    description: z.string().nullish(),
    mimeType: z.string().nullish(),
    name: z.string(),
    title: z.string().nullish(),
    uriTemplate: z.string(),
  }),
)

const Resource = named(
  'Resource',
  'Resource.',
  z.object({
    _meta: z.unknown().optional(),
    annotations: z.unknown().optional(),
    description: z.string().nullish(),
    icons: z.array(z.unknown()).nullish(),
    mimeType: z.string().nullish(),
    name: z.string(),
    size: i64.nullish(),
    title: z.string().nullish(),
    uri: z.string(),
  }),
)

const McpServerConnectionStatus = named(
  'McpServerConnectionStatus',
  'Mcp server connection status.',
  z.enum(['notStarted', 'starting', 'connected', 'authenticationRequired', 'failed', 'cancelled', 'disabled']),
)

const McpServerInfo = named(
  'McpServerInfo',
  'Mcp server info.',
  z.object({
    description: z.string().nullish(),
    icons: z.array(z.unknown()).nullish(),
    name: z.string(),
    title: z.string().nullish(),
    version: z.string(),
    websiteUrl: z.string().nullish(),
  }),
)

const Tool = named(
  'Tool',
  'Tool.',
  z.object({
    _meta: z.unknown().optional(),
    annotations: z.unknown().optional(),
    description: z.string().nullish(),
    icons: z.array(z.unknown()).nullish(),
    inputSchema: z.unknown(),
    name: z.string(),
    outputSchema: z.unknown().optional(),
    title: z.string().nullish(),
  }),
)

const McpServerStatus = named(
  'McpServerStatus',
  'Mcp server status.',
  z.object({
    authStatus: McpAuthStatus,
    httpOrigin: z.string().nullish(),
    name: z.string(),
    pluginId: z.string().nullish(),
    resourceTemplates: z.array(ResourceTemplate),
    resources: z.array(Resource),
    runtimeStatus: McpServerConnectionStatus.nullish(),
    serverCapabilities: z.unknown().optional(),
    serverInfo: McpServerInfo.nullish(),
    toolListMeta: z.unknown().optional(),
    tools: z.record(z.string(), Tool),
    toolsError: z.string().nullish(),
  }),
)

/** Result of `mcpServerStatus/list`. */
export const ListMcpServerStatusResponse = named(
  'ListMcpServerStatusResponse',
  'Result of `mcpServerStatus/list`.',
  z.object({ data: z.array(McpServerStatus), nextCursor: z.string().nullish() }),
)

const McpResourceReadTarget = named(
  'McpResourceReadTarget',
  'Mcp resource read target.',
  z.object({ connectorId: z.string(), linkId: z.string().nullable() }),
)

/** Params of `mcpServer/resource/read`. */
export const McpResourceReadParams = named(
  'McpResourceReadParams',
  'Params of `mcpServer/resource/read`.',
  z.object({
    _meta: table.nullish(),
    connectorId: z.string().nullish(),
    originCallId: z.string().nullish(),
    server: z.string(),
    target: McpResourceReadTarget.nullish(),
    threadId: z.string().nullish(),
    uri: z.string(),
  }),
)

const ResourceContent = named(
  'ResourceContent',
  'Resource content.',
  z.union([
    z.object({ _meta: z.unknown().optional(), mimeType: z.string().nullish(), text: z.string(), uri: z.string() }),
    z.object({ _meta: z.unknown().optional(), blob: z.string(), mimeType: z.string().nullish(), uri: z.string() }),
  ]),
)

/** Result of `mcpServer/resource/read`. */
export const McpResourceReadResponse = named(
  'McpResourceReadResponse',
  'Result of `mcpServer/resource/read`.',
  z.object({ contents: z.array(ResourceContent), originCallId: z.string().nullish() }),
)

/** Params of `mcpServer/tool/call`. */
export const McpServerToolCallParams = named(
  'McpServerToolCallParams',
  'Params of `mcpServer/tool/call`.',
  z.object({
    _meta: z.unknown().optional(),
    arguments: z.unknown().optional(),
    server: z.string(),
    threadId: z.string(),
    tool: z.string(),
  }),
)

/** Result of `mcpServer/tool/call`. */
export const McpServerToolCallResponse = named(
  'McpServerToolCallResponse',
  'Result of `mcpServer/tool/call`.',
  z.object({
    _meta: z.unknown().optional(),
    content: z.array(z.unknown()),
    isError: z.boolean().nullish(),
    structuredContent: z.unknown().optional(),
  }),
)

const McpServerOauthClientRegistration = named(
  'McpServerOauthClientRegistration',
  'Mcp server oauth client registration.',
  z.enum(['auto', 'cimd', 'dcr']),
)

/** Params of `mcpServer/oauth/login`. */
export const McpServerOauthLoginParams = named(
  'McpServerOauthLoginParams',
  'Params of `mcpServer/oauth/login`.',
  z.object({
    clientRegistration: McpServerOauthClientRegistration.nullish(),
    name: z.string(),
    scopes: z.array(z.string()).nullish(),
    threadId: z.string().nullish(),
    timeoutSecs: i64.nullish(),
  }),
)

/** Result of `mcpServer/oauth/login`. */
export const McpServerOauthLoginResponse = named(
  'McpServerOauthLoginResponse',
  'Result of `mcpServer/oauth/login`.',
  z.object({ authorizationUrl: z.string(), loginId: z.string().nullish() }),
)

/** Result of `config/mcpServer/reload`. */
export const McpServerRefreshResponse = named(
  'McpServerRefreshResponse',
  'Result of `config/mcpServer/reload`.',
  z.object({}),
)

/** Params of `mcpServer/oauthLogin/completed`. */
export const McpServerOauthLoginCompletedNotification = named(
  'McpServerOauthLoginCompletedNotification',
  'Params of `mcpServer/oauthLogin/completed`.',
  z.object({
    error: z.string().nullish(),
    loginId: z.string().nullish(),
    name: z.string(),
    success: z.boolean(),
    threadId: z.string().nullish(),
  }),
)

const McpServerStartupFailureReason = named(
  'McpServerStartupFailureReason',
  'Mcp server startup failure reason.',
  z.literal('reauthenticationRequired'),
)

const McpServerStartupState = named(
  'McpServerStartupState',
  'Mcp server startup state.',
  z.enum(['starting', 'ready', 'failed', 'cancelled']),
)

/** Params of `mcpServer/startupStatus/updated`. */
export const McpServerStatusUpdatedNotification = named(
  'McpServerStatusUpdatedNotification',
  'Params of `mcpServer/startupStatus/updated`.',
  z.object({
    error: z.string().nullish(),
    failureReason: McpServerStartupFailureReason.nullish(),
    name: z.string(),
    status: McpServerStartupState,
    threadId: z.string().nullish(),
  }),
)
