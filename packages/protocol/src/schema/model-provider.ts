import { z } from 'zod'
import { named } from './named.js'

/** Params of `modelProvider/list`. */
export const ModelProviderListParams = named('ModelProviderListParams', 'Params of `modelProvider/list`.', z.object({}))

const GatewayAuth = named(
  'GatewayAuth',
  'Where the key for a gateway comes from.',
  z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('none') }),
    z.object({ envKey: z.string(), mode: z.literal('environmentVariable') }),
    z.object({ envKey: z.string().nullish(), mode: z.literal('externallyConfigured') }),
  ]),
)

const ProviderSettings = named(
  'ProviderSettings',
  'What is configured for a provider of models, by the kind of provider.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('openai') }),
    z.object({ auth: GatewayAuth, type: z.literal('customGateway') }),
    z.object({ profile: z.string().nullish(), region: z.string().nullish(), type: z.literal('bedrock') }),
    z.object({
      credentialFile: z.string().nullish().describe('A path where the server runs.'),
      location: z.string().nullish(),
      projectId: z.string().nullish(),
      type: z.literal('gcp'),
    }),
  ]),
)

const ModelProviderSummary = named(
  'ModelProviderSummary',
  'A provider of models, as lists show it.',
  z.object({
    baseUrl: z.string().nullish().describe('Null where there is none, or none to show.'),
    canEdit: z.boolean().describe('Whether the person’s own configuration can change it.'),
    id: z.string(),
    name: z.string(),
    settings: ProviderSettings,
  }),
)

/** Result of `modelProvider/list`. */
export const ModelProviderListResponse = named(
  'ModelProviderListResponse',
  'Result of `modelProvider/list`.',
  z.object({ canChangeDefault: z.boolean(), data: z.array(ModelProviderSummary), defaultProviderId: z.string() }),
)

/** Params of `modelProvider/capabilities/read`. */
export const ModelProviderCapabilitiesReadParams = named(
  'ModelProviderCapabilitiesReadParams',
  'Params of `modelProvider/capabilities/read`.',
  z.object({}),
)

/** Result of `modelProvider/capabilities/read`. */
export const ModelProviderCapabilitiesReadResponse = named(
  'ModelProviderCapabilitiesReadResponse',
  'Result of `modelProvider/capabilities/read`.',
  z.object({ imageGeneration: z.boolean(), webSearch: z.boolean() }),
)

const BedrockProviderId = named(
  'BedrockProviderId',
  'A provider of Amazon’s that is built in.',
  z.enum(['amazon-bedrock', 'amazon-bedrock-runtime']),
)

const GcpProviderId = named('GcpProviderId', 'The provider of Google’s that is built in.', z.literal('gcp'))

const ProviderSettingsPatch = named(
  'ProviderSettingsPatch',
  'Changes to a provider: what is left out stays, null takes a value away.',
  z.discriminatedUnion('type', [
    z.object({
      baseUrl: z.string().nullish(),
      envKey: z.string().nullish(),
      name: z.string().optional(),
      providerId: z.string().nullish(),
      type: z.literal('customGateway'),
    }),
    z.object({
      profile: z.string().nullish(),
      providerId: BedrockProviderId,
      region: z.string().nullish(),
      type: z.literal('bedrock'),
    }),
    z.object({
      credentialFile: z.string().nullish(),
      location: z.string().nullish(),
      projectId: z.string().nullish(),
      providerId: GcpProviderId,
      type: z.literal('gcp'),
    }),
  ]),
)

/** Params of `modelProvider/config/write`. */
export const ModelProviderConfigWriteParams = named(
  'ModelProviderConfigWriteParams',
  'Params of `modelProvider/config/write`.',
  z.object({ settings: ProviderSettingsPatch }),
)

/** Result of `modelProvider/config/write`. */
export const ModelProviderConfigWriteResponse = named(
  'ModelProviderConfigWriteResponse',
  'Result of `modelProvider/config/write`.',
  z.object({ provider: ModelProviderSummary }),
)
