import { resolve } from 'node:path'
import type { ThreadSettings } from '@gangway/agent'
import type { Config } from '@gangway/protocol'
import type { ServerContext } from '../handler.js'
import { readConfig } from '../handlers/config-view.js'
import { editing } from '../handlers/editing.js'
import { invalidRequest } from '../refusals.js'
import { agent } from './engine.js'
import { configuredPermissions } from './permissions.js'
import { type GivenSettings, settingsChange } from './settings.js'

/** What a thread is begun or taken up with. */
export interface ThreadConfig {
  readonly cwd: string
  readonly config: Config
  /** What the configuration says where the request says nothing. */
  readonly defaults: ThreadSettings
  /** What the request said. */
  readonly given: Partial<ThreadSettings>
}

/** Params that say something of a thread's settings. */
export interface ThreadParams extends GivenSettings {
  readonly config?: Readonly<Record<string, unknown>> | null | undefined
}

/**
 * What a thread in a folder is run with: the files' configuration, the server's overrides, the request's, and its params.
 *
 * @param home the folder that a relative one, or none, is taken from
 * @throws RpcError for what cannot be, in the reference's words
 */
export async function threadConfig(server: ServerContext, params: ThreadParams, home: string): Promise<ThreadConfig> {
  const cwd = resolve(home, params.cwd ?? '')
  const config = await loadedConfig(server, cwd, params.config ?? {})
  const { trustLevelOf } = await editing()
  const { defaultModel, resolveProvider } = await agent()
  const modelProvider = params.modelProvider ?? config.model_provider ?? 'openai'
  refusing(() => resolveProvider({ config, env: server.env, auth: { apiKey: () => undefined }, id: modelProvider }))
  const trust = trustLevelOf(cwd, config)
  const model = config.model ?? defaultModel(config, modelProvider) ?? ''
  const effort = config.model_reasoning_effort ?? null
  const defaults: ThreadSettings = {
    ...configuredPermissions(config, trust === 'trusted'),
    approvalPolicy: config.approval_policy ?? (trust === 'untrusted' ? 'untrusted' : 'on-request'),
    approvalsReviewer: config.approvals_reviewer ?? 'user',
    cwd,
    disabledPluginIds: [],
    effort,
    environments: [{ environmentId: 'local', cwd, runtimeWorkspaceRoots: [cwd] }],
    workspaceRoots: [cwd],
    model,
    modelProvider,
    multiAgentMode: 'explicitRequestOnly',
    personality: null,
    serviceTier: config.service_tier ?? null,
    summary: config.model_reasoning_summary ?? null,
    collaborationMode: {
      mode: 'default',
      settings: { model, reasoning_effort: effort, developer_instructions: null },
    },
    baseInstructions: null,
    developerInstructions: config.developer_instructions ?? null,
  }
  return { cwd, config, defaults, given: settingsChange(params, { cwd, config, current: defaults }) }
}

async function loadedConfig(
  server: ServerContext,
  cwd: string,
  overrides: Readonly<Record<string, unknown>>,
): Promise<Config> {
  try {
    return (await readConfig(server, cwd, overrides)).config as Config
  } catch (error) {
    const { ConfigReadError } = await editing()
    if (!(error instanceof ConfigReadError)) throw error
    throw invalidRequest(`failed to load configuration: ${error.message}`)
  }
}

/** A provider that there is not is refused when the thread begins; a key is looked for with the first turn. */
function refusing(look: () => unknown): void {
  try {
    look()
  } catch (error) {
    throw invalidRequest(`failed to load configuration: ${error instanceof Error ? error.message : String(error)}`)
  }
}
