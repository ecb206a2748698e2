import { basename } from 'node:path'
import { localDay, timeZone } from '../record/setting-lines.js'
import type { ThreadSettings } from '../thread-settings.js'

/** What the model is told of the place it works in. */
export function environmentText(settings: ThreadSettings, shell: string | undefined, now: Date): string {
  const roots = settings.workspaceRoots.map((root) => `<root>${root}</root>`).join('')
  return [
    '<environment_context>',
    `  <cwd>${settings.cwd}</cwd>`,
    `  <shell>${basename(shell ?? 'sh')}</shell>`,
    `  <current_date>${localDay(now)}</current_date>`,
    `  <timezone>${timeZone()}</timezone>`,
    `  <filesystem><workspace_roots>${roots}</workspace_roots></filesystem>`,
    '</environment_context>',
  ].join('\n')
}

/** What the model is told of what it may do. */
export function permissionsText({ sandboxPolicy, approvalPolicy, workspaceRoots }: ThreadSettings): string {
  return `<permissions instructions>\n${sandboxText(sandboxPolicy, workspaceRoots)}\n${approvalText(approvalPolicy)}\n</permissions instructions>`
}

function sandboxText(policy: ThreadSettings['sandboxPolicy'], roots: readonly string[]): string {
  switch (policy.type) {
    case 'dangerFullAccess':
      return 'Commands run without a sandbox (`danger-full-access`): they may read and write everything, and use the network.'
    case 'externalSandbox':
      return `Commands run in a sandbox that is not ours. Network access is ${policy.networkAccess ?? 'restricted'}.`
    case 'readOnly':
      return `Commands run in a sandbox (\`read-only\`): they may read files and write none. Network access is ${onOff(policy.networkAccess)}.`
    case 'workspaceWrite': {
      const writable = [...new Set([...roots, ...(policy.writableRoots ?? [])])].map((root) => `\`${root}\``).join(', ')
      return `Commands run in a sandbox (\`workspace-write\`): they may read files everywhere, and write in ${writable} and in folders for temporary files. \`.git\`, \`.agents\` and \`.codex\` there stay as they are. Network access is ${onOff(policy.networkAccess)}.`
    }
    default:
      return policy satisfies never
  }
}

function onOff(isOn: boolean | undefined): string {
  return isOn ? 'enabled' : 'restricted'
}

function approvalText(policy: ThreadSettings['approvalPolicy']): string {
  switch (policy) {
    case 'never':
      return 'Approval policy is `never`: nobody is asked. Never set `sandbox_permissions`: such calls are refused.'
    case 'untrusted':
      return 'Approval policy is `untrusted`: the person is asked before any command that is not known to only read.'
    default:
      return 'Approval policy is `on-request`: commands run in the sandbox. Where one must leave it, call the tool with `sandbox_permissions` set to `require_escalated` and a `justification` of one short question; the person then decides. Do this only when it matters for the task: when the sandbox stood in the way, when the network is needed, or when files outside must be written. You may offer a `prefix_rule` for commands that are likely to come again.'
  }
}

/** What the model is told of the way it works together with the person. */
export function collaborationText({ collaborationMode }: ThreadSettings): string {
  const own = collaborationMode.settings.developer_instructions
  const words = own ?? (collaborationMode.mode === 'plan' ? planMode : '')
  return words === '' ? '' : `<collaboration_mode>\n${words}\n</collaboration_mode>`
}

const planMode = `You are in plan mode: find out and plan, change nothing. Read files and run commands that only look. Ask the person with \`request_user_input\` where a choice is theirs. End with a plan that somebody else could carry out: what changes where, in which order, how it is checked. Put the whole plan between lines of their own that say <proposed_plan> and </proposed_plan>.`
