import { z } from 'zod'
import { HookEventName } from './hooks.js'
import { named, path, u32 } from './named.js'
import { PluginSummary } from './plugin-summary.js'
import { SkillInterface } from './skills.js'

/** Params of `plugin/read`. */
export const PluginReadParams = named(
  'PluginReadParams',
  'Params of `plugin/read`.',
  z.object({ marketplacePath: path.nullish(), pluginName: z.string(), remoteMarketplaceName: z.string().nullish() }),
)

const AppTemplateUnavailableReason = named(
  'AppTemplateUnavailableReason',
  'Why a service cannot be connected.',
  z.enum(['NOT_CONFIGURED_FOR_WORKSPACE', 'NO_ACTIVE_WORKSPACE']),
)

const AppTemplateSummary = named(
  'AppTemplateSummary',
  'A service that can be connected for a plugin once it is set up.',
  z.object({
    canonicalConnectorId: z.string().nullish(),
    category: z.string().nullish(),
    description: z.string().nullish(),
    logoUrl: z.string().nullish(),
    logoUrlDark: z.string().nullish(),
    materializedAppIds: z.array(z.string()),
    name: z.string(),
    reason: AppTemplateUnavailableReason.nullish(),
    templateId: z.string(),
  }),
)

/** A connected service that belongs to a plugin. */
export const AppSummary = named(
  'AppSummary',
  'A connected service that belongs to a plugin.',
  z.object({
    category: z.string().nullish(),
    description: z.string().nullish(),
    id: z.string(),
    installUrl: z.string().nullish(),
    name: z.string(),
  }),
)

const PluginHookSummary = named(
  'PluginHookSummary',
  'A hook of a plugin.',
  z.object({ eventName: HookEventName, key: z.string() }),
)

const SkillSummary = named(
  'SkillSummary',
  'A skill of a plugin.',
  z.object({
    description: z.string(),
    enabled: z.boolean(),
    interface: SkillInterface.nullish(),
    name: z.string(),
    path: path.nullish(),
    shortDescription: z.string().nullish(),
  }),
)

const ScheduledTaskWeekday = named(
  'ScheduledTaskWeekday',
  'A day of the week.',
  z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']),
)

const ScheduledTaskSchedule = named(
  'ScheduledTaskSchedule',
  'When a task runs.',
  z.discriminatedUnion('type', [
    z.object({ days: z.array(ScheduledTaskWeekday).nullish(), intervalHours: u32, type: z.literal('hourly') }),
    z.object({ time: z.string().describe('Hours and minutes, such as 09:30.'), type: z.literal('daily') }),
    z.object({ time: z.string().describe('Hours and minutes, such as 09:30.'), type: z.literal('weekdays') }),
    z.object({
      days: z.array(ScheduledTaskWeekday),
      time: z.string().describe('Hours and minutes, such as 09:30.'),
      type: z.literal('weekly'),
    }),
  ]),
)

const ScheduledTaskSummary = named(
  'ScheduledTaskSummary',
  'A task that a plugin wants run at its times.',
  z.object({ key: z.string(), name: z.string(), prompt: z.string(), schedule: ScheduledTaskSchedule }),
)

const PluginDetail = named(
  'PluginDetail',
  'Everything that a plugin brings.',
  z.object({
    appTemplates: z.array(AppTemplateSummary),
    apps: z.array(AppSummary),
    description: z.string().nullish(),
    hooks: z.array(PluginHookSummary),
    marketplaceName: z.string(),
    marketplacePath: path.nullish(),
    mcpServers: z.array(z.string()),
    onboardingSkill: SkillSummary.nullish(),
    scheduledTasks: z.array(ScheduledTaskSummary).nullish(),
    shareUrl: z.string().nullish(),
    skills: z.array(SkillSummary),
    summary: PluginSummary,
  }),
)

/** Result of `plugin/read`. */
export const PluginReadResponse = named(
  'PluginReadResponse',
  'Result of `plugin/read`.',
  z.object({ plugin: PluginDetail }),
)

/** Params of `plugin/skill/read`. */
export const PluginSkillReadParams = named(
  'PluginSkillReadParams',
  'Params of `plugin/skill/read`.',
  z.object({ remoteMarketplaceName: z.string(), remotePluginId: z.string(), skillName: z.string() }),
)

/** Result of `plugin/skill/read`. */
export const PluginSkillReadResponse = named(
  'PluginSkillReadResponse',
  'Result of `plugin/skill/read`.',
  z.object({ contents: z.string().nullish() }),
)
