import { z } from 'zod'
import { ConfigLayerMetadata } from './config-layer.js'
import { named, u64 } from './named.js'

const MergeStrategy = named(
  'MergeStrategy',
  '`replace` sets the value whole; `upsert` merges tables.',
  z.enum(['replace', 'upsert']),
)

const edit = { keyPath: z.string(), value: z.unknown(), mergeStrategy: MergeStrategy }
const filePath = z.string().nullish().describe('The file to write. Default: the user’s `config.toml`.')
const expectedVersion = z.string().nullish().describe('Refuse when the file has another version.')

/** Params of `config/value/write`. */
export const ConfigValueWriteParams = named(
  'ConfigValueWriteParams',
  'One value to write into a configuration file.',
  z.object({ ...edit, filePath, expectedVersion }),
)

const ConfigEdit = named('ConfigEdit', 'One value to write.', z.object(edit))

/** Params of `config/batchWrite`. */
export const ConfigBatchWriteParams = named(
  'ConfigBatchWriteParams',
  'Several values to write into one file, all or none.',
  z.object({
    edits: z.array(ConfigEdit),
    filePath,
    expectedVersion,
    reloadUserConfig: z.boolean().optional().describe('Loaded threads take the new settings.'),
  }),
)

const OverriddenMetadata = named(
  'OverriddenMetadata',
  'A stronger layer hides the value that was written.',
  z.object({ message: z.string(), overridingLayer: ConfigLayerMetadata, effectiveValue: z.unknown() }),
)

/** Result of `config/value/write` and `config/batchWrite`. */
export const ConfigWriteResponse = named(
  'ConfigWriteResponse',
  'What was written, and whether it counts.',
  z.object({
    status: named('WriteStatus', 'Whether the written value is the effective one.', z.enum(['ok', 'okOverridden'])),
    version: z.string().describe('The file’s new version.'),
    filePath: z.string().describe('Absolute path of the file.'),
    overriddenMetadata: OverriddenMetadata.nullish(),
  }),
)

const TextPosition = named(
  'TextPosition',
  'A place in a text.',
  z.object({ line: u64.describe('Counted from 1.'), column: u64.describe('In characters, counted from 1.') }),
)

/** Params of `configWarning`. */
export const ConfigWarningNotification = named(
  'ConfigWarningNotification',
  'Something in the configuration is wrong, and the server goes on without it.',
  z.object({
    summary: z.string(),
    details: z.string().nullish(),
    path: z.string().nullish().describe('The file.'),
    range: named('TextRange', 'A stretch of a text.', z.object({ start: TextPosition, end: TextPosition })).nullish(),
  }),
)
