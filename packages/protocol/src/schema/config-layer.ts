import { z } from 'zod'
import { named } from './named.js'

const ConfigLayerSource = named(
  'ConfigLayerSource',
  'Where a layer of the configuration comes from.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('packagedDefaults'), file: z.string() }),
    z.object({ type: z.literal('mdm'), domain: z.string(), key: z.string() }),
    z.object({ type: z.literal('system'), file: z.string() }),
    z.object({ type: z.literal('enterpriseManaged'), id: z.string(), name: z.string() }),
    z.object({ type: z.literal('user'), file: z.string(), profile: z.string().nullish() }),
    z.object({ type: z.literal('project'), dotCodexFolder: z.string() }),
    z.object({ type: z.literal('sessionFlags') }),
    z.object({ type: z.literal('legacyManagedConfigTomlFromFile'), file: z.string() }),
    z.object({ type: z.literal('legacyManagedConfigTomlFromMdm') }),
  ]),
)

/** A layer's source and version. */
export const ConfigLayerMetadata = named(
  'ConfigLayerMetadata',
  'Which layer a value comes from, and its version.',
  z.object({ name: ConfigLayerSource, version: z.string() }),
)

/** One layer with its content. */
export const ConfigLayer = named(
  'ConfigLayer',
  'One layer of the configuration, as it was read.',
  z.object({
    name: ConfigLayerSource,
    version: z.string(),
    config: z.unknown(),
    disabledReason: z.string().nullish().describe('Why the layer does not count, such as an untrusted project.'),
  }),
)
