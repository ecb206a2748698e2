import { resolve } from 'node:path'
import type { Handlers, ServerContext } from '../handler.js'
import { pageOf } from '../page-of.js'
import { readConfig, readFailure } from './config-view.js'

/** What holds beside the profiles of the configuration. Source: reference 0.169.0. */
const builtInProfiles = [':read-only', ':workspace', ':danger-full-access'] as const

/** What can be switched and is heeded, with what holds when nothing is said. Names: reference 0.169.0. */
const features: Readonly<Record<string, boolean>> = {
  shell_tool: true,
  unified_exec: true,
  unified_exec_tty: true,
  view_image: true,
  hooks: true,
  plugins: true,
  memories: false,
}

/** What a client may choose from: ways of working, what commands may touch, and what can be switched. */
export function modeHandlers(server: ServerContext): Handlers {
  /** Switched by a client for as long as the server runs. */
  const switched = new Map<string, boolean>()

  return {
    // Source: reference 0.169.0, both entries and their order.
    'collaborationMode/list'() {
      return {
        data: [
          { name: 'Plan', mode: 'plan', model: null, reasoning_effort: 'medium' },
          { name: 'Default', mode: 'default', model: null, reasoning_effort: null },
        ],
      }
    },

    async 'permissionProfile/list'({ cwd, cursor, limit }) {
      const { permissions } = await configOf(server, cwd ?? null)
      const own = Object.entries(tableOf(permissions)).filter(([id]) => !id.startsWith(':'))
      const data = [
        ...builtInProfiles.map((id) => ({ id, description: null, allowed: true })),
        ...own.map(([id, profile]) => ({ id, description: textOf(tableOf(profile).description), allowed: true })),
      ]
      return pageOf(data, { cursor, limit }, 'permission profiles')
    },

    async 'experimentalFeature/list'({ cursor, limit }) {
      const set = tableOf((await configOf(server, null)).features)
      const data = Object.entries(features).map(([name, defaultEnabled]) => ({
        name,
        stage: 'stable' as const,
        displayName: null,
        description: null,
        announcement: null,
        enabled: switched.get(name) ?? (typeof set[name] === 'boolean' ? set[name] : defaultEnabled),
        defaultEnabled,
      }))
      return pageOf(data, { cursor, limit }, 'experimental features')
    },

    // Names that are not known are left out of the answer, as the reference does.
    'experimentalFeature/enablement/set'({ enablement }) {
      const known = Object.entries(enablement).filter(([name]) => Object.hasOwn(features, name))
      for (const [name, isEnabled] of known) switched.set(name, isEnabled)
      return { enablement: Object.fromEntries(known) }
    },
  }
}

async function configOf(server: ServerContext, cwd: string | null): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await readConfig(server, cwd === null ? null : resolve(server.cwd, cwd))).config
  } catch (error) {
    throw await readFailure(error, 'load configuration')
  }
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
