import { z } from 'zod'
import { i64, named, table, u32 } from './named.js'

const McpServerStatusDetail = named(
  'McpServerStatusDetail',
  'How much of each MCP server is asked for.',
  z.enum(['full', 'toolsAndAuthOnly']),
)

/** Params of `mcpServerStatus/list`. */
export const ListMcpServerStatusParams = named(
  'ListMcpServerStatusParams',
  'Params of `mcpServerStatus/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    detail: McpServerStatusDetail.nullish().describe('Null: everything.'),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
    serverName: z.string().nullish().describe('Null: all servers.'),
    threadId: z.string().nullish(),
  }),
)

const McpAuthStatus = named(
  'McpAuthStatus',
  'How an MCP server is signed in to.',
  z.enum(['unknown', 'unsupported', 'notLoggedIn', 'bearerToken', 'oAuth']),
)

const ResourceTemplate = named(
  'ResourceTemplate',
  'A pattern of addresses that an MCP server can read.',
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
  'Something that an MCP server can read.',
  z.object({
    _meta: z.unknown().optional(),
    annotations: z.unknown().optional(),
    description: z.string().nullish(),
    icons: z.array(z.unknown()).nullish(),
    mimeType: z.string().nullish(),
    name: z.string(),
    size: i64.nullish().describe('Bytes; null when unknown.'),
    title: z.string().nullish(),
    uri: z.string(),
  }),
)

const McpServerConnectionStatus = named(
  'McpServerConnectionStatus',
  'How far the connection to an MCP server is.',
  z.enum(['notStarted', 'starting', 'connected', 'authenticationRequired', 'failed', 'cancelled', 'disabled']),
)

const McpServerInfo = named(
  'McpServerInfo',
  'What an MCP server says of itself.',
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
  'A tool of an MCP server.',
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
  'An MCP server, its state, and what it offers.',
  z.object({
    authStatus: McpAuthStatus,
    httpOrigin: z.string().nullish().describe('Null for a server that is not reached over HTTP.'),
    name: z.string(),
    pluginId: z.string().nullish(),
    resourceTemplates: z.array(ResourceTemplate),
    resources: z.array(Resource),
    runtimeStatus: McpServerConnectionStatus.nullish().describe('Null where no thread has it.'),
    serverCapabilities: z.unknown().optional().describe('As the server sent it; null before it is connected.'),
    serverInfo: McpServerInfo.nullish(),
    toolListMeta: z.unknown().optional(),
    tools: z.record(z.string(), Tool).describe('By name.'),
    toolsError: z.string().nullish().describe('Why there is no list of tools; null where there is one.'),
  }),
)

/** Result of `mcpServerStatus/list`. */
export const ListMcpServerStatusResponse = named(
  'ListMcpServerStatusResponse',
  'Result of `mcpServerStatus/list`.',
  z.object({
    data: z.array(McpServerStatus),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

const McpResourceReadTarget = named(
  'McpResourceReadTarget',
  'The connected service, and the account there, that a resource is read from.',
  z.object({ connectorId: z.string(), linkId: z.string().nullable().describe('Null: without an account.') }),
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
  'What an address of an MCP server holds: a text, or bytes in base64.',
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
  'How this program makes itself known to a server before a sign-in.',
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
    timeoutSecs: i64.nullish().describe('Seconds to wait for the person.'),
  }),
)

/** Result of `mcpServer/oauth/login`. */
export const McpServerOauthLoginResponse = named(
  'McpServerOauthLoginResponse',
  'Result of `mcpServer/oauth/login`.',
  z.object({
    authorizationUrl: z.string().describe('The page to open in a browser.'),
    loginId: z.string().nullish().describe('Left out by older servers.'),
  }),
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
    error: z.string().nullish().describe('Null when it went well.'),
    loginId: z.string().nullish().describe('Left out by older servers.'),
    name: z.string(),
    success: z.boolean(),
    threadId: z.string().nullish(),
  }),
)

const McpServerStartupFailureReason = named(
  'McpServerStartupFailureReason',
  'Why an MCP server did not start, where a person can help.',
  z.literal('reauthenticationRequired'),
)

const McpServerStartupState = named(
  'McpServerStartupState',
  'How far an MCP server is with its start.',
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
