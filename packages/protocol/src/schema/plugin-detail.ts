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
  'App template unavailable reason.',
  z.enum(['NOT_CONFIGURED_FOR_WORKSPACE', 'NO_ACTIVE_WORKSPACE']),
)

const AppTemplateSummary = named(
  'AppTemplateSummary',
  'App template summary.',
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

/** App summary. */
export const AppSummary = named(
  'AppSummary',
  'App summary.',
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
  'Plugin hook summary.',
  z.object({ eventName: HookEventName, key: z.string() }),
)

const SkillSummary = named(
  'SkillSummary',
  'Skill summary.',
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
  'Scheduled task weekday.',
  z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']),
)

const ScheduledTaskSchedule = named(
  'ScheduledTaskSchedule',
  'Scheduled task schedule.',
  z.discriminatedUnion('type', [
    z.object({ days: z.array(ScheduledTaskWeekday).nullish(), intervalHours: u32, type: z.literal('hourly') }),
    z.object({ time: z.string(), type: z.literal('daily') }),
    z.object({ time: z.string(), type: z.literal('weekdays') }),
    z.object({ days: z.array(ScheduledTaskWeekday), time: z.string(), type: z.literal('weekly') }),
  ]),
)

const ScheduledTaskSummary = named(
  'ScheduledTaskSummary',
  'Scheduled task summary.',
  z.object({ key: z.string(), name: z.string(), prompt: z.string(), schedule: ScheduledTaskSchedule }),
)

const PluginDetail = named(
  'PluginDetail',
  'Plugin detail.',
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
