import type { SandboxPolicy } from '@gangway/protocol'
import type { ThreadSettings } from '../thread-settings.js'

type Payload = { readonly [member: string]: unknown }

/** The payload of a `turn_context` line. Source: reference 0.169.0. */
export function turnContext(settings: ThreadSettings, turnId: string, now: Date): Payload {
  return {
    turn_id: turnId,
    root_turn_id: turnId,
    cwd: settings.cwd,
    workspace_roots: settings.workspaceRoots,
    current_date: localDay(now),
    timezone: timeZone(),
    approval_policy: settings.approvalPolicy,
    approvals_reviewer: settings.approvalsReviewer,
    sandbox_policy: sandboxPolicy(settings.sandboxPolicy),
    active_permission_profile: settings.activePermissionProfile ?? null,
    model: settings.model,
    ...(settings.personality ? { personality: settings.personality } : {}),
    collaboration_mode: settings.collaborationMode,
    ...(settings.effort ? { effort: settings.effort } : {}),
    summary: settings.summary ?? 'auto',
  }
}

/** The event that says what holds for later turns, where it was set between two. Source: reference 0.169.0. */
export function settingsApplied(settings: ThreadSettings, threadId: string): Payload {
  return {
    type: 'thread_settings_applied',
    thread_id: threadId,
    thread_settings: {
      model: settings.model,
      model_provider_id: settings.modelProvider,
      approval_policy: settings.approvalPolicy,
      approvals_reviewer: settings.approvalsReviewer,
      cwd: settings.cwd,
      runtime_workspace_roots: settings.workspaceRoots,
      sandbox_policy: sandboxPolicy(settings.sandboxPolicy),
      active_permission_profile: settings.activePermissionProfile ?? null,
      collaboration_mode: settings.collaborationMode,
      ...(settings.effort ? { reasoning_effort: settings.effort } : {}),
    },
  }
}

/** What such an event says, as a `turn_context` would say it. */
export function readSettingsApplied(payload: Payload, before: Payload): Payload {
  const applied = (payload.thread_settings ?? {}) as Payload
  const mode = (applied.collaboration_mode ?? {}) as { readonly settings?: Payload }
  const { runtime_workspace_roots: roots, reasoning_effort: effort = mode.settings?.reasoning_effort } = applied
  return {
    ...before,
    ...applied,
    ...(roots === undefined ? {} : { workspace_roots: roots }),
    ...(effort === undefined ? {} : { effort }),
  }
}

/** A sandbox policy as rollouts spell it. */
function sandboxPolicy(policy: SandboxPolicy): Payload {
  switch (policy.type) {
    case 'dangerFullAccess':
      return { type: 'danger-full-access' }
    case 'readOnly':
      return { type: 'read-only', ...(policy.networkAccess ? { network_access: true } : {}) }
    case 'externalSandbox':
      return { type: 'external-sandbox', network_access: policy.networkAccess ?? 'restricted' }
    case 'workspaceWrite':
      return {
        type: 'workspace-write',
        writable_roots: policy.writableRoots ?? [],
        network_access: policy.networkAccess ?? false,
        exclude_tmpdir_env_var: policy.excludeTmpdirEnvVar ?? false,
        exclude_slash_tmp: policy.excludeSlashTmp ?? false,
      }
    default:
      return policy satisfies never
  }
}

/** The same, read back. Undefined for what is none. */
export function readSandboxPolicy(value: unknown): SandboxPolicy | undefined {
  const policy = (typeof value === 'object' && value !== null ? value : {}) as Payload
  switch (policy.type) {
    case 'danger-full-access':
      return { type: 'dangerFullAccess' }
    case 'read-only':
      return { type: 'readOnly', networkAccess: policy.network_access === true }
    case 'workspace-write':
      return {
        type: 'workspaceWrite',
        writableRoots: Array.isArray(policy.writable_roots) ? policy.writable_roots.map(String) : [],
        networkAccess: policy.network_access === true,
        excludeTmpdirEnvVar: policy.exclude_tmpdir_env_var === true,
        excludeSlashTmp: policy.exclude_slash_tmp === true,
      }
    default:
      return undefined
  }
}

/** `2026-11-20`, where this process is. */
export function localDay(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** The name of the time zone of this process. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
