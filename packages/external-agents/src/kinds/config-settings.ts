import { relative } from 'node:path'
import type { Setting } from '../artifact.js'
import type { FactFate } from '../fact.js'
import { type PermissionPlan, PROFILE } from './config-permissions.js'
import { dropped, mapped, needsAction } from './fate-list.js'

/** Gives one setting its place in the configuration, or says why it has none. Variables and permissions are planned elsewhere. */
export function planSetting(setting: Setting, plan: PermissionPlan): FactFate | undefined {
  const { draft } = plan
  switch (setting.type) {
    case 'environment':
    case 'permission':
      return undefined
    case 'sandbox':
      if (setting.enabled) return draft.set(['sandbox_mode'], 'workspace-write', setting.fact)
      return dropped(setting.fact, {
        code: 'not-loosened',
        message: 'the sandbox is off in the source; an import does not switch off the one of the target',
      })
    case 'permissionMode':
      return planMode(setting, plan)
    case 'additionalDirectory':
      return planDirectory(setting, plan)
    case 'model':
      return dropped(setting.fact, {
        code: 'model-of-another-provider',
        message: `${JSON.stringify(setting.value)} names a model that the target's provider does not have`,
      })
    case 'network':
      return planNetwork(setting)
    case 'plugin':
      if (!setting.enabled) {
        return dropped(setting.fact, { code: 'not-in-use', message: `the plugin ${setting.name} is switched off` })
      }
      return needsAction(
        setting.fact,
        {
          code: 'repository-plugins',
          message: `${setting.name} is for this repository only; plugins of the target are for all that a person does`,
        },
        'install it with `plugin/install`, after a look at what it brings',
      )
    case 'restriction':
      return needsAction(
        setting.fact,
        {
          code: 'restriction-not-kept',
          message: `${setting.key} narrows what the agent may do, and has no counterpart`,
        },
        `see what ${setting.key} protects, and choose approval_policy, sandbox_mode or managed requirements for it`,
      )
    case 'elsewhere':
      return mapped(setting.fact, undefined, {
        code: 'heeded-elsewhere',
        message: `${setting.key} says which of the ${setting.itemType} items are in use`,
      })
    case 'overridden':
      return dropped(setting.fact, { code: 'overridden', message: `${setting.by} says otherwise, and counts more` })
    case 'other':
      return dropped(setting.fact, {
        code: 'no-counterpart',
        message: `${setting.key} has no counterpart in config.toml`,
      })
    default:
      return setting satisfies never
  }
}

function planMode(setting: Extract<Setting, { type: 'permissionMode' }>, plan: PermissionPlan): FactFate | undefined {
  const { draft } = plan
  const { mode, written, fact } = setting
  switch (mode) {
    case 'ask':
      return mapped(fact, undefined, { code: 'same-by-default', message: 'the target asks by default, too' })
    case 'accept-edits':
      return dropped(fact, {
        code: 'not-loosened',
        message: `${written}: the target edits without asking in a workspace it trusts; nothing more is opened`,
      })
    case 'read-only':
      if (plan.sandboxed) {
        const message = `${written} is a mode to start in; with its sandbox on, the target may write in the workspace`
        const action = 'start in plan mode, or set sandbox_mode = "read-only"'
        return needsAction(fact, { code: 'mode-not-kept', message }, action)
      }
      return draft.set(['sandbox_mode'], 'read-only', fact, {
        code: 'starts-read-only',
        message: `${written} became sandbox_mode = "read-only": changes are asked for`,
      })
    case 'never-ask':
    case 'unknown':
      return needsAction(
        fact,
        { code: 'mode-not-kept', message: `the permission mode ${written} is not switched on by an import` },
        'choose approval_policy and sandbox_mode yourself',
      )
    default:
      return mode satisfies never
  }
}

function planDirectory(
  setting: Extract<Setting, { type: 'additionalDirectory' }>,
  plan: PermissionPlan,
): FactFate | undefined {
  const { draft, target } = plan
  const { path, written, fact } = setting
  if (path === null) {
    return needsAction(
      fact,
      { code: 'depends-on-start-folder', message: `${written} is relative to the folder the agent is started in` },
      'add its absolute path to sandbox_workspace_write.writable_roots',
    )
  }
  if (path === '/' || path === target.place.userHome) {
    return needsAction(
      fact,
      { code: 'too-wide', message: `${written} would open ${path} for writing` },
      'name the folders that are needed in sandbox_workspace_write.writable_roots',
    )
  }
  if (plan.profileHolds) {
    const message = `${written} is a workspace root of the permission profile ${PROFILE}`
    return draft.set(['permissions', PROFILE, 'workspace_roots', path], true, fact, {
      code: 'permission-profile',
      message,
    })
  }
  const roots = ['sandbox_workspace_write', 'writable_roots']
  if (setting.relative === undefined) return draft.add(roots, path, fact)
  const fromConfig = relative(target.configDir, path).replaceAll('\\', '/')
  const message = `${written} is written as ${fromConfig}, from the folder of config.toml`
  draft.add(roots, fromConfig, fact, { code: 'relative-to-config', message })
}

function planNetwork(setting: Extract<Setting, { type: 'network' }>): FactFate | undefined {
  const closed = 'sandboxed commands of the target have no network'
  if (setting.effect === 'deny') {
    return dropped(setting.fact, { code: 'network-closed', message: `${closed}; ${setting.host} stays out of reach` })
  }
  return needsAction(
    setting.fact,
    { code: 'network-closed', message: `${closed}; ${setting.host} is not opened` },
    'set sandbox_workspace_write.network_access = true to open all hosts, or name hosts in a permission profile',
  )
}
