import { z } from 'zod'
import { named, path } from './named.js'

/** Params of `skills/list`. */
export const SkillsListParams = named(
  'SkillsListParams',
  'Params of `skills/list`.',
  z.object({
    cwds: z.array(z.string()).optional().describe('Folders to look from; empty: the server’s own.'),
    forceReload: z.boolean().optional().describe('Reads the disk again.'),
  }),
)

const SkillErrorInfo = named(
  'SkillErrorInfo',
  'A skill that cannot be read, and why.',
  z.object({ message: z.string(), path: z.string() }),
)

const SkillToolDependency = named(
  'SkillToolDependency',
  'A tool that a skill needs.',
  z.object({
    command: z.string().nullish(),
    description: z.string().nullish(),
    transport: z.string().nullish(),
    type: z.string(),
    url: z.string().nullish(),
    value: z.string(),
  }),
)

const SkillDependencies = named(
  'SkillDependencies',
  'What a skill needs.',
  z.object({ tools: z.array(SkillToolDependency) }),
)

/** How a skill looks. */
export const SkillInterface = named(
  'SkillInterface',
  'How a skill looks.',
  z.object({
    brandColor: z.string().nullish(),
    defaultPrompt: z.string().nullish(),
    displayName: z.string().nullish(),
    iconLarge: path.nullish(),
    iconLargeUrl: z.string().nullish(),
    iconSmall: path.nullish(),
    iconSmallUrl: z.string().nullish(),
    shortDescription: z.string().nullish(),
  }),
)

const SkillScope = named('SkillScope', 'Whom a skill belongs to.', z.enum(['user', 'repo', 'system', 'admin']))

const SkillMetadata = named(
  'SkillMetadata',
  'A skill, as lists show it.',
  z.object({
    dependencies: SkillDependencies.nullish(),
    description: z.string(),
    enabled: z.boolean(),
    interface: SkillInterface.nullish(),
    name: z.string(),
    path: path.describe('Of its SKILL.md.'),
    pluginId: z.string().nullish().describe('The plugin that brings it.'),
    scope: SkillScope,
    shortDescription: z.string().nullish().describe('The older form of the one in `interface`.'),
  }),
)

const SkillsListEntry = named(
  'SkillsListEntry',
  'The skills of one folder.',
  z.object({ cwd: z.string(), errors: z.array(SkillErrorInfo), skills: z.array(SkillMetadata) }),
)

/** Result of `skills/list`. */
export const SkillsListResponse = named(
  'SkillsListResponse',
  'Result of `skills/list`.',
  z.object({ data: z.array(SkillsListEntry) }),
)

/** Params of `skills/extraRoots/set`. */
export const SkillsExtraRootsSetParams = named(
  'SkillsExtraRootsSetParams',
  'Params of `skills/extraRoots/set`.',
  z.object({ extraRoots: z.array(path) }),
)

/** Result of `skills/extraRoots/set`. */
export const SkillsExtraRootsSetResponse = named(
  'SkillsExtraRootsSetResponse',
  'Result of `skills/extraRoots/set`.',
  z.object({}),
)

/** Params of `skills/config/write`. */
export const SkillsConfigWriteParams = named(
  'SkillsConfigWriteParams',
  'Params of `skills/config/write`.',
  z.object({
    enabled: z.boolean(),
    name: z.string().nullish().describe('Either this or `path` says which skill.'),
    path: path.nullish(),
  }),
)

/** Result of `skills/config/write`. */
export const SkillsConfigWriteResponse = named(
  'SkillsConfigWriteResponse',
  'Result of `skills/config/write`.',
  z.object({ effectiveEnabled: z.boolean().describe('Whether it is on, all things counted.') }),
)

/** Params of `skills/changed`. */
export const SkillsChangedNotification = named('SkillsChangedNotification', 'Params of `skills/changed`.', z.object({}))
