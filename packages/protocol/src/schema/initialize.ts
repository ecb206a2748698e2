import { z } from 'zod'
import { named, table } from './named.js'

const ClientInfo = named(
  'ClientInfo',
  'Who the client is. `name` goes into an HTTP header, so it holds no control characters.',
  z.object({ name: z.string(), title: z.string().nullish(), version: z.string() }),
)

const InitializeCapabilities = named(
  'InitializeCapabilities',
  'What the client can do and wants. Unknown members are ignored.',
  z.object({
    requiredHumanApproval: z
      .boolean()
      .optional()
      .describe('The client can show an approval that only a person may give.'),
    explicitGatewayOauth: z.boolean().optional().describe('Gateway sign-in starts only on request.'),
    experimentalApi: z.boolean().optional().describe('Opens experimental methods and fields.'),
    requestAttestation: z.boolean().optional().describe('The client answers `attestation/generate`.'),
    mcpServerOpenaiFormElicitation: z.boolean().optional().describe('Older spelling of the `openai/form` extension.'),
    optOutNotificationMethods: z
      .array(z.string())
      .nullish()
      .describe('Exact names of notifications that are not sent to this connection. No wildcards.'),
    extensions: table.nullish().describe('MCP extension settings, by name.'),
  }),
)

/** Params of `initialize`. */
export const InitializeParams = named(
  'InitializeParams',
  'The first request of every connection.',
  z.object({ clientInfo: ClientInfo, capabilities: InitializeCapabilities.nullish() }),
)

/** Result of `initialize`. */
export const InitializeResponse = named(
  'InitializeResponse',
  'Who the server is and where it keeps things.',
  z.object({
    userAgent: z.string().describe('`NAME/VERSION (OS; ARCH) TERMINAL (CLIENT; CLIENT VERSION)`.'),
    codexHome: z.string().describe('Absolute path of the Codex home.'),
    platformFamily: z.string().describe('`unix` or `windows`.'),
    platformOs: z.string().describe('`linux`, `macos` or `windows`.'),
  }),
)
