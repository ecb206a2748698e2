import { z } from 'zod'
import { i64, named, u32 } from './named.js'
import { ReasoningEffort } from './setting.js'
import { CyberAccessProgram } from './turn-setting.js'

/** Params of `model/list`. */
export const ModelListParams = named(
  'ModelListParams',
  'Params of `model/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    includeHidden: z.boolean().nullish(),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
    modelProvider: z.string().nullish().describe('Null: the one in use.'),
  }),
)

const ModelAvailabilityNux = named(
  'ModelAvailabilityNux',
  'What is said of a new model.',
  z.object({ message: z.string() }),
)

const ModelAccessPrograms = named(
  'ModelAccessPrograms',
  'Programs that a model is part of.',
  z.object({ cyber: z.array(CyberAccessProgram) }),
)

const InputModality = named('InputModality', 'What a model takes in.', z.enum(['text', 'image', 'audio']))

const MultiAgentVersion = named(
  'MultiAgentVersion',
  'Which form of agents a model knows.',
  z.enum(['disabled', 'v1', 'v2']),
)

const ModelServiceTier = named(
  'ModelServiceTier',
  'How fast, and at what price, a model answers.',
  z.object({ description: z.string(), id: z.string(), name: z.string() }),
)

const ReasoningEffortOption = named(
  'ReasoningEffortOption',
  'A degree of thinking, and what it is for.',
  z.object({ description: z.string(), reasoningEffort: ReasoningEffort }),
)

const ModelUpgradeInfo = named(
  'ModelUpgradeInfo',
  'The model that takes another’s place.',
  z.object({
    migrationMarkdown: z.string().nullish(),
    model: z.string(),
    modelLink: z.string().nullish(),
    retirementAt: i64.nullish().describe('Seconds since 1970; null when not known.'),
    upgradeCopy: z.string().nullish(),
  }),
)

const Model = named(
  'Model',
  'A model that can be chosen.',
  z.object({
    additionalSpeedTiers: z.array(z.string()).optional().describe('The older form of `serviceTiers`.'),
    availabilityNux: ModelAvailabilityNux.nullish(),
    availableAccessPrograms: ModelAccessPrograms.nullish().describe('Null where the list of models does not say.'),
    defaultReasoningEffort: ReasoningEffort,
    defaultServiceTier: z.string().nullish(),
    description: z.string(),
    displayName: z.string(),
    hidden: z.boolean(),
    id: z.string().describe('The name to ask for it by.'),
    inputModalities: z.array(InputModality).optional(),
    isDefault: z.boolean(),
    model: z.string(),
    modelSpecialty: z.string().nullish(),
    multiAgentVersion: MultiAgentVersion.nullish(),
    serviceTiers: z.array(ModelServiceTier).optional(),
    supportedReasoningEfforts: z.array(ReasoningEffortOption),
    supportsPersonality: z.boolean().optional().describe('Always false by now.'),
    upgrade: z.string().nullish().describe('The model that takes its place.'),
    upgradeInfo: ModelUpgradeInfo.nullish(),
  }),
)

/** Result of `model/list`. */
export const ModelListResponse = named(
  'ModelListResponse',
  'Result of `model/list`.',
  z.object({
    data: z.array(Model),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)
