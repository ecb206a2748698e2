import type { Marketplace, OfferedPlugin, PluginHook } from '@gangway/home/plugins'
import type { ClientRequests } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'
import { type PluginState, shownPlugin } from './plugin-summary.js'

/** Everything that a plugin brings. */
type ShownDetail = ClientRequests['plugin/read']['result']['plugin']
type EventName = ShownDetail['hooks'][number]['eventName']

/** Events that the target has, by how files of hooks spell them. Source: reference 0.169.0. */
const events: Readonly<Record<string, EventName>> = {
  PreModelRequest: 'preModelRequest',
  PostModelRequest: 'postModelRequest',
  PreToolUse: 'preToolUse',
  PermissionRequest: 'permissionRequest',
  PostToolUse: 'postToolUse',
  PreCompact: 'preCompact',
  PostCompact: 'postCompact',
  SessionStart: 'sessionStart',
  SessionEnd: 'sessionEnd',
  UserPromptSubmit: 'userPromptSubmit',
  SubagentStart: 'subagentStart',
  SubagentStop: 'subagentStop',
  Stop: 'stop',
  Interrupt: 'interrupt',
}

/** A plugin of a marketplace, with what it brings. Reads its files, runs nothing. @throws PluginError, RpcError */
export async function detailOf(
  marketplace: Marketplace,
  offered: OfferedPlugin,
  state: PluginState,
): Promise<ShownDetail> {
  const { summary, manifest } = shownPlugin(marketplace, offered, state)
  const { origin } = offered
  const detail: ShownDetail = {
    marketplaceName: marketplace.name,
    marketplacePath: marketplace.path,
    summary,
    shareUrl: null,
    description: manifest?.description ?? (origin.type === 'local' ? null : elsewhere(origin)),
    skills: [],
    onboardingSkill: null,
    hooks: [],
    apps: [],
    appTemplates: [],
    mcpServers: [],
    scheduledTasks: null,
  }
  if (origin.type !== 'local') return detail
  const { pluginLimits, readPluginContents, readTree } = await import('@gangway/home/plugins')
  const { readSkillHeads } = await import('@gangway/external-agents/plugins')
  if (!manifest) throw invalidRequest('path does not exist or is not a directory')
  const tree = readTree(origin.path, { ...pluginLimits, links: 'leave' })
  const { skills, mcpServers, hooks } = readPluginContents(origin.path, manifest, tree)
  const heads = await readSkillHeads(skills.map(({ text }) => text))
  return {
    ...detail,
    skills: skills.flatMap(({ path }, index) => {
      const head = heads[index]
      if (!head) return []
      const { description, shortDescription } = head
      return [
        {
          name: `${manifest.name ?? offered.name}:${head.name}`,
          description,
          shortDescription,
          interface: null,
          path,
          enabled: true,
        },
      ]
    }),
    hooks: hooks.flatMap((hook) => shownHook(summary.id, hook)),
    mcpServers: [...mcpServers],
  }
}

function elsewhere(origin: Exclude<OfferedPlugin['origin'], { readonly type: 'local' }>): string {
  const what = origin.type === 'npm' ? `the npm package ${origin.package}` : `the repository ${origin.url}`
  return `Its files are in ${what}; what it brings can be told once they are here.`
}

function shownHook(id: string, { event, source, group, handler }: PluginHook): ShownDetail['hooks'] {
  const eventName = events[event]
  if (!eventName) return []
  const key = event.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
  return [{ key: `${id}:${source}:${key}:${group}:${handler}`, eventName }]
}
