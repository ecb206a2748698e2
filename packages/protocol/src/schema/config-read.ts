import { z } from 'zod'
import { Config } from './config.js'
import { ConfigLayer, ConfigLayerMetadata } from './config-layer.js'
import { named } from './named.js'

/** Params of `config/read`. */
export const ConfigReadParams = named(
  'ConfigReadParams',
  'Which configuration to read.',
  z.object({
    includeLayers: z.boolean().optional().describe('Give the layers too, strongest first.'),
    cwd: z.string().nullish().describe('A folder: its project’s layers count too.'),
  }),
)

/** Result of `config/read`. */
export const ConfigReadResponse = named(
  'ConfigReadResponse',
  'The effective configuration, and which layer each value comes from.',
  z.object({
    config: Config,
    origins: z.record(z.string(), ConfigLayerMetadata).describe('By dotted key path.'),
    layers: z.array(ConfigLayer).nullish(),
  }),
)
