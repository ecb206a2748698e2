import { isAbsolute, join } from 'node:path'
import type { PermissionSubject, Setting } from '../artifact.js'
import type { FactFate } from '../fact.js'
import type { Target } from '../kind.js'
import type { ConfigDraft } from './config-draft.js'
import { keyText } from './config-draft.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { type RuleDecision, ruleLine } from './permission-rules.js'

type PermissionSetting = Extract<Setting, { type: 'permission' }>

/** Name of the permission profile that holds what was brought over. */
export const PROFILE = 'imported'

const SCAN_DEPTH = ['permissions', PROFILE, 'filesystem', 'glob_scan_max_depth']

/** How deep `**` looks on Linux: without a number the target warns at each start; no workspace is deeper than this. */
const MAX_SCAN_DEPTH = 64

/** What permissions are planned against. */
export interface PermissionPlan {
  readonly target: Target
  readonly draft: ConfigDraft
  /** Rule lines for the rules file, in order. */
  readonly rules: string[]
  /** Rules file, for the account. */
  readonly rulesPath: string
  /** Allowed commands may leave the sandbox, as they may in the source. */
  readonly mayLeaveSandbox: boolean
  /** The source has its sandbox on. */
  readonly sandboxed: boolean
  /** A permission profile of ours will be in force, so that file rules hold. */
  readonly profileHolds: boolean
}

/** Gives one permission its place, or says why it has none. Nothing that narrows is dropped: it needs the person's action. */
export function planPermission(setting: PermissionSetting, plan: PermissionPlan): FactFate | undefined {
  const { subject } = setting
  switch (subject.type) {
    case 'command':
      return planCommand(setting, subject, plan)
    case 'path':
      return setting.effect === 'deny' ? planDeniedPath(setting, subject, plan) : leave(setting)
    case 'webSearch':
      if (setting.effect !== 'deny') return leave(setting)
      return plan.draft.set(['web_search'], 'disabled', setting.fact, {
        code: 'web-search-off',
        message: `${setting.written} switches web search off`,
      })
    case 'webPage':
    case 'toolServer':
    case 'unknown':
      return leave(setting)
    default:
      return subject satisfies never
  }
}

const DECISIONS: { readonly [effect in PermissionSetting['effect']]: RuleDecision } = {
  allow: 'allow',
  ask: 'prompt',
  deny: 'forbidden',
}

type CommandSubject = Extract<PermissionSubject, { type: 'command' }>

function planCommand(setting: PermissionSetting, subject: CommandSubject, plan: PermissionPlan): FactFate | undefined {
  const line = ruleLine(subject.words, DECISIONS[setting.effect])
  if (line === undefined) return leave(setting)
  if (setting.effect === 'allow') return planAllowedCommand(setting, subject, line, plan)
  plan.rules.push(line)
  if (subject.ending === 'anything') return mapped(setting.fact, plan.rulesPath)
  if (subject.ending === 'nothing') {
    const message = `${setting.written} now also holds for longer commands: rules match how a command starts`
    return rewritten(setting.fact, { code: 'also-longer-commands', message }, plan.rulesPath)
  }
  const last = subject.words.at(-1)!
  return needsAction(
    setting.fact,
    {
      code: 'whole-words-only',
      message: `${setting.written} also meant words that begin with ${last}; rules match whole words`,
    },
    `add a rule to ${plan.rulesPath} for each other command it is meant for`,
  )
}

function planAllowedCommand(
  setting: PermissionSetting,
  subject: CommandSubject,
  line: string,
  plan: PermissionPlan,
): FactFate | undefined {
  if (!plan.mayLeaveSandbox) {
    const message = `${setting.written} was allowed inside the sandbox only; an allow rule of the target runs outside it`
    return dropped(setting.fact, { code: 'would-leave-sandbox', message })
  }
  if (subject.ending === 'nothing') {
    const message = `${setting.written} allows that one command; a rule would allow every longer one too, so it is asked for: ${line}`
    return dropped(setting.fact, { code: 'would-allow-more', message })
  }
  plan.rules.push(line)
  if (subject.ending === 'anything') return mapped(setting.fact, plan.rulesPath)
  const message = `${setting.written} now holds for the whole word ${subject.words.at(-1)} only`
  return rewritten(setting.fact, { code: 'whole-words-only', message }, plan.rulesPath)
}

type PathSubject = Extract<PermissionSubject, { type: 'path' }>

/** Whether a denied subject leaves nothing that may be edited. */
export function deniesAllEdits(subject: PermissionSubject): boolean {
  return subject.type === 'path' && subject.path === '' && subject.access === 'write' && subject.base === 'project'
}

function planDeniedPath(setting: PermissionSetting, subject: PathSubject, plan: PermissionPlan): FactFate | undefined {
  if (deniesAllEdits(subject)) {
    plan.draft.set(['sandbox_mode'], 'read-only')
    return needsAction(
      setting.fact,
      {
        code: 'asked-instead-of-denied',
        message: `${setting.written} became sandbox_mode = "read-only": edits are asked for, not refused`,
      },
      'answer no when Codex asks to edit, or set approval_policy = "never"',
    )
  }
  const entries = profileEntries(subject, plan.target)
  const shown = entries.map((at) => `permissions.${PROFILE}.filesystem.${at.map(keyText).join('.')}`).join(' and ')
  if (entries.length > 0 && plan.profileHolds) {
    const access = subject.access === 'read' ? 'deny' : 'read'
    const message = `${setting.written} is kept by the permission profile ${PROFILE}; a configuration above it that sets sandbox_mode switches it off`
    for (const [index, at] of entries.entries()) {
      const path = ['permissions', PROFILE, 'filesystem', ...at]
      if (at.some((key) => key.includes('**'))) plan.draft.set(SCAN_DEPTH, MAX_SCAN_DEPTH)
      if (index > 0) plan.draft.set(path, access)
      else plan.draft.set(path, access, setting.fact, { code: 'permission-profile', message })
    }
    return undefined
  }
  const action =
    entries.length > 0
      ? `use a permission profile: default_permissions = "${PROFILE}", permissions.${PROFILE}.extends = ":workspace" and ${shown} = "${subject.access === 'read' ? 'deny' : 'read'}"`
      : 'keep these files out of reach of the agent, for example by their permissions on disk'
  const message = `${setting.written} is not kept: without a sandbox of the source, no permission profile is put in force`
  const inexpressible = `${setting.written} has no form in a permission profile`
  return needsAction(
    setting.fact,
    { code: 'denied-files-not-kept', message: entries.length > 0 ? message : inexpressible },
    action,
  )
}

/**
 * Keys below `filesystem` of a profile. Write access can be taken from fixed paths only; globs work below the workspace and
 * absolute paths. Source: reference 0.169.0, docs/observations/permission-profiles.md.
 */
function profileEntries(subject: PathSubject, target: Target): readonly (readonly string[])[] {
  const glob = /[*?[\]{}]/.test(subject.path)
  if (subject.access === 'write' && (glob || subject.anyDepth)) return []
  if (subject.path.split('/').includes('..')) return []
  switch (subject.base) {
    case 'project':
      if (subject.path === '') return []
      return subject.anyDepth
        ? [':workspace_roots'].map((root) => [
            root,
            subject.path.startsWith('**/') ? subject.path : `**/${subject.path}`,
          ])
        : [[':workspace_roots', subject.path]]
    case 'home':
      if (subject.path === '') return []
      return glob ? [[join(target.place.userHome, subject.path)]] : [[`~/${subject.path}`]]
    case 'absolute':
      return isAbsolute(subject.path) && subject.path !== '/' ? [[subject.path]] : []
    default:
      return subject.base satisfies never
  }
}

/** What has no place. An allowance that is lost only means more questions; a limit that is lost needs the person. */
function leave(setting: PermissionSetting): FactFate | undefined {
  const { written, fact, effect } = setting
  if (effect === 'allow' && !isEverything(setting.subject)) {
    return dropped(fact, {
      code: 'no-such-rule',
      message: `${written}: the target has no rule for this; it asks when it needs to`,
    })
  }
  if (effect === 'allow') {
    const reason = {
      code: 'allows-everything',
      message: `${written} allows every command; that is not switched on by an import`,
    }
    return needsAction(fact, reason, 'choose approval_policy and sandbox_mode yourself')
  }
  const word = effect === 'deny' ? 'forbids' : 'asks before'
  return needsAction(
    fact,
    {
      code: effect === 'deny' ? 'deny-not-kept' : 'ask-not-kept',
      message: `${written} ${word} something the target has no rule for`,
    },
    actionFor(setting),
  )
}

function isEverything(subject: PermissionSubject): boolean {
  return subject.type === 'command' && subject.words.length === 0
}

function actionFor(setting: PermissionSetting): string {
  const { subject } = setting
  switch (subject.type) {
    case 'command':
      return 'set approval_policy = "untrusted", so that every command that is not known to be safe is asked for'
    case 'unknown':
      return 'write a rule in the rules folder of the target, or limit it in another way'
    case 'webPage':
      return 'leave the network of the sandbox closed (the default), or allow single hosts in a permission profile'
    case 'toolServer':
      return `when you add the server, set mcp_servers.${keyText(subject.server)}.disabled_tools or default_tools_approval_mode`
    case 'path':
      return 'set approval_policy and sandbox_mode so that such access is asked for'
    case 'webSearch':
      return 'set web_search = "disabled" if it must not be used'
    default:
      return subject satisfies never
  }
}
