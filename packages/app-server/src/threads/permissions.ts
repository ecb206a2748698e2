import type { ProfileRules, ThreadSettings } from '@gangway/agent'
import type { ActivePermissionProfile, Config, SandboxMode, SandboxPolicy } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'
import { ProfileError, profileRules } from './profile-rules.js'

/** What commands may do, and the profile that says so; null where a mode or a policy was given. */
export interface Permissions {
  readonly sandboxPolicy: SandboxPolicy
  readonly activePermissionProfile: ActivePermissionProfile | null
  /** The finer rules of a profile of the configuration's own; null where the policy says it all. */
  readonly profileRules: ProfileRules | null
}

const modeOfProfile: ReadonlyMap<string, SandboxMode> = new Map([
  [':read-only', 'read-only'],
  [':workspace', 'workspace-write'],
  [':danger-full-access', 'danger-full-access'],
])

/** The policy of a sandbox mode, with the configuration's details of `workspace-write`. Source: reference 0.169.0. */
export function policyOfMode(mode: SandboxMode, config: Config): SandboxPolicy {
  switch (mode) {
    case 'danger-full-access':
      return { type: 'dangerFullAccess' }
    case 'read-only':
      return { type: 'readOnly', networkAccess: false }
    case 'workspace-write': {
      const details = config.sandbox_workspace_write
      return {
        type: 'workspaceWrite',
        writableRoots: details?.writable_roots ?? [],
        networkAccess: details?.network_access ?? false,
        excludeTmpdirEnvVar: details?.exclude_tmpdir_env_var ?? false,
        excludeSlashTmp: details?.exclude_slash_tmp ?? false,
      }
    }
    default:
      return mode satisfies never
  }
}

/**
 * What a profile gives. The policy of one of the configuration's own is that of what it extends: clients that know no profiles see it.
 *
 * @throws RpcError for a profile that there is not, in the reference's words
 */
export function permissionsOfProfile(id: string, config: Config): Permissions {
  const mode = modeOfProfile.get(id)
  if (mode !== undefined) {
    return {
      sandboxPolicy: policyOfMode(mode, config),
      activePermissionProfile: { id, extends: null },
      profileRules: null,
    }
  }
  const own = profileOf(config, id)
  if (own === undefined) {
    const kind = id.startsWith(':') ? 'unknown built-in profile' : 'undefined profile'
    throw invalidRequest(`failed to load configuration: default_permissions refers to ${kind} \`${id}\``)
  }
  const parent = typeof own.extends === 'string' && own.extends !== id ? own.extends : null
  const base = parent === null ? ':read-only' : parent
  return {
    sandboxPolicy: permissionsOfProfile(base, config).sandboxPolicy,
    activePermissionProfile: { id, extends: parent },
    profileRules: rulesOf(id, config),
  }
}

function rulesOf(id: string, config: Config): ProfileRules | null {
  try {
    return profileRules(id, config)
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    throw invalidRequest(`failed to load configuration: ${error.message}`)
  }
}

/** The rules of the profile that a thread on disk names. Where it is gone, or says what cannot be kept, nothing may be written. */
export function rulesAgain(
  settings: Pick<ThreadSettings, 'activePermissionProfile' | 'profileRules'>,
  config: Config,
): Partial<Permissions> {
  const id = settings.activePermissionProfile?.id
  if (id === undefined || modeOfProfile.has(id) || settings.profileRules) return {}
  try {
    return permissionsOfProfile(id, config)
  } catch {
    return permissionsOfProfile(':read-only', config)
  }
}

/** What holds where nobody asked for anything: what the configuration says, else what the folder is trusted with. */
export function configuredPermissions(config: Config, isTrusted: boolean): Permissions {
  const profile = config.default_permissions
  if (typeof profile === 'string') return permissionsOfProfile(profile, config)
  if (config.sandbox_mode) {
    const sandboxPolicy = policyOfMode(config.sandbox_mode, config)
    return { sandboxPolicy, activePermissionProfile: null, profileRules: null }
  }
  return permissionsOfProfile(isTrusted ? ':workspace' : ':read-only', config)
}

function profileOf(config: Config, id: string): Readonly<Record<string, unknown>> | undefined {
  const profiles = config.permissions
  if (typeof profiles !== 'object' || profiles === null || !Object.hasOwn(profiles, id)) return undefined
  const profile = Reflect.get(profiles, id)
  return typeof profile === 'object' && profile !== null ? (profile as Readonly<Record<string, unknown>>) : undefined
}
