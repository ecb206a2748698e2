import { join } from 'node:path'
import type { Change, Table } from '@gangway/home'
import type { ConfigArtifact, Setting } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { isTable } from '../merge-patch.js'
import { ConfigDraft } from './config-draft.js'
import { planEnvironment } from './config-environment.js'
import { deniesAllEdits, PROFILE, planPermission } from './config-permissions.js'
import { planSetting } from './config-settings.js'
import { allDropped, FateList } from './fate-list.js'
import { refuseBlocked } from './named-plan.js'
import { RULES_FILE, rulesChange } from './permission-rules.js'

/**
 * Settings into `config.toml` and command rules. Only what is missing is added; what stands there stays (unless it is to be
 * overwritten). Source: reference 0.169.0, import-artifacts 2, for `env` and `sandbox.enabled`.
 */
export const configKind: Kind<ConfigArtifact> = {
  itemType: 'CONFIG',

  describe: (sourceWords, target) => `Migrate ${sourceWords} into ${target.configToml}`,

  offer(artifacts, target, view, words) {
    const options: PlanOptions = { onConflict: 'default', copySecrets: false, words }
    const planned = artifacts.map((artifact) => planArtifact(artifact, target, view, options))
    return planned.some((plan) => plan.outcome.type === 'change' || plan.outcome.type === 'failed') ? [''] : []
  },

  plan: (artifacts, target, view, options) =>
    artifacts.map((artifact) => planArtifact(artifact, target, view, options)),
}

function planArtifact(
  artifact: ConfigArtifact,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): PlannedArtifact {
  const plan = { ...recordOf(artifact, target), environment: [] }
  if (artifact.problem) {
    const reason = { code: artifact.problem.subErrorType.replaceAll('_', '-'), message: artifact.problem.message }
    return {
      ...plan,
      outcome: { type: 'failed', problem: artifact.problem },
      fates: allDropped(artifact.facts, reason),
    }
  }
  const unwanted = artifact.notTaken ?? skipReason(target, view, options)
  if (unwanted) {
    return { ...plan, outcome: { type: 'skipped', reason: unwanted }, fates: allDropped(artifact.facts, unwanted) }
  }
  return { ...plan, ...planSettings(artifact.settings, artifact, target, view, options) }
}

function recordOf(artifact: ConfigArtifact, target: Target) {
  return {
    itemType: artifact.itemType,
    name: null,
    source: artifact.path,
    target: target.configToml,
    sourcePath: artifact.path,
    targetPath: target.configToml,
  }
}

function skipReason(target: Target, view: TargetView, options: PlanOptions): FateReason | undefined {
  if (options.onConflict !== 'skip' || (view.text(target.configToml) ?? '').trim() === '') return undefined
  return { code: 'target-exists', message: `${target.configToml} is there already, and is to be left alone` }
}

function planSettings(
  settings: readonly Setting[],
  artifact: ConfigArtifact,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): Pick<PlannedArtifact, 'outcome' | 'fates' | 'environment'> {
  const fates = new FateList()
  const draft = new ConfigDraft(view.toml(target.configToml), options.onConflict === 'overwrite')
  const home = homeConfig(target, view)
  const inherited = home?.shell_environment_policy
  const passesAll = isTable(inherited) && inherited.inherit === 'all'
  const environment = planEnvironment(settings.filter(isA('environment')), draft, fates, options, passesAll)
  const rules: string[] = []
  const rulesPath = join(target.rulesDir, RULES_FILE)
  const sandboxed = settings.some((setting) => setting.type === 'sandbox' && setting.enabled)
  const wantsProfile = settings.some(needsProfile) || home?.default_permissions === PROFILE
  const profileHolds = sandboxed && mayUseProfile(settings, draft) && wantsProfile
  const plan = { target, draft, rules, rulesPath, mayLeaveSandbox: mayLeaveSandbox(settings), sandboxed, profileHolds }

  const notKept: string[] = []
  const note = (fate: FactFate | undefined, isLimit = false) => {
    if (fate === undefined) return
    fates.add(fate)
    if (isLimit && fate.fate === 'needs-action') notKept.push(remark(fate.reason.message))
  }

  // What narrows comes first: of two values for one key, the first stays.
  for (const setting of settings.filter(isA('permission')))
    note(planPermission(setting, plan), setting.effect !== 'allow')
  for (const setting of settings.filter(isA('permissionMode'))) note(planSetting(setting, plan))
  for (const setting of settings)
    if (setting.type !== 'permissionMode') note(planSetting(setting, plan), setting.type === 'restriction')
  if (profileHolds) {
    draft.set(['default_permissions'], PROFILE)
    draft.set(['permissions', PROFILE, 'extends'], ':workspace')
  }

  const patch = draft.settle(fates, target.configToml)
  const changes: Change[] = []
  if (patch !== undefined) {
    refuseBlocked(target.configToml, view, 'CONFIG')
    changes.push({ type: 'mergeToml', path: target.configToml, patch })
  }
  const lines = [...rules, ...notKept]
  if (lines.length > 0) {
    refuseBlocked(rulesPath, view, 'CONFIG')
    const change = rulesChange(rulesPath, lines, view)
    if (change !== undefined) changes.push(change)
  }
  const outcome = changes.length > 0 ? ({ type: 'change', changes } as const) : ({ type: 'nothing' } as const)
  return { outcome, fates: fates.of(artifact.facts), environment }
}

/**
 * A limit that could not be kept, as a comment of the rules file: so it stands where the person looks for such rules, and
 * settings that hold nothing else are offered all the same.
 */
function remark(message: string): string {
  return `# not kept: ${message.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')}`
}

/**
 * What the configuration of the home says, for a repository: `sandbox_mode` of a repository would switch off the home's
 * permission profile, and `inherit = "core"` hold back what the person exports. A broken one says nothing.
 */
function homeConfig(target: Target, view: TargetView): Table | undefined {
  if (target.place.kind === 'home') return undefined
  try {
    return view.toml(join(target.codexHome, 'config.toml'))
  } catch {
    return undefined
  }
}

function isA<T extends Setting['type']>(type: T) {
  return (setting: Setting): setting is Extract<Setting, { type: T }> => setting.type === type
}

function needsProfile(setting: Setting): boolean {
  return (
    setting.type === 'permission' &&
    setting.effect === 'deny' &&
    setting.subject.type === 'path' &&
    setting.subject.path !== ''
  )
}

/**
 * A profile of ours takes the place of `sandbox_mode`, so it must not loosen or change what is in force: only where the
 * source has its sandbox on, and the target says nothing else.
 */
function mayUseProfile(settings: readonly Setting[], draft: ConfigDraft): boolean {
  const deniesEdits = settings.some(makesReadOnly)
  const mode = draft.at(['sandbox_mode'])
  const profile = draft.at(['default_permissions'])
  return (
    !deniesEdits &&
    (mode === undefined || mode === 'workspace-write') &&
    (profile === undefined || profile === PROFILE) &&
    draft.at(['sandbox_workspace_write']) === undefined
  )
}

function makesReadOnly(setting: Setting): boolean {
  return setting.type === 'permission' && setting.effect === 'deny' && deniesAllEdits(setting.subject)
}

function mayLeaveSandbox(settings: readonly Setting[]): boolean {
  return !settings.some(
    (setting) => setting.type === 'restriction' && setting.key === 'sandbox.allowUnsandboxedCommands',
  )
}
