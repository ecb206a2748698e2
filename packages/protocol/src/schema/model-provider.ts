import { z } from 'zod'
import { named } from './named.js'

/** Params of `modelProvider/list`. */
export const ModelProviderListParams = named('ModelProviderListParams', 'Params of `modelProvider/list`.', z.object({}))

const GatewayAuth = named(
  'GatewayAuth',
  'Gateway auth.',
  z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('none') }),
    z.object({ envKey: z.string(), mode: z.literal('environmentVariable') }),
    z.object({ envKey: z.string().nullish(), mode: z.literal('externallyConfigured') }),
  ]),
)

const ProviderSettings = named(
  'ProviderSettings',
  'Provider settings.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('openai') }),
    z.object({ auth: GatewayAuth, type: z.literal('customGateway') }),
    z.object({ profile: z.string().nullish(), region: z.string().nullish(), type: z.literal('bedrock') }),
    z.object({
      credentialFile: z.string().nullish(),
      location: z.string().nullish(),
      projectId: z.string().nullish(),
      type: z.literal('gcp'),
    }),
  ]),
)

const ModelProviderSummary = named(
  'ModelProviderSummary',
  'Model provider summary.',
  z.object({
    baseUrl: z.string().nullish(),
    canEdit: z.boolean(),
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
  'Bedrock provider id.',
  z.enum(['amazon-bedrock', 'amazon-bedrock-runtime']),
)

const GcpProviderId = named('GcpProviderId', 'Gcp provider id.', z.literal('gcp'))

const ProviderSettingsPatch = named(
  'ProviderSettingsPatch',
  'Provider settings patch.',
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
