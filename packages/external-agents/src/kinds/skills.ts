import type { TreeFile } from '@gangway/home'
import type { SkillArtifact } from '../artifact.js'
import type { FateReason } from '../fact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { dropped, FateList, mapped, needsAction, rewritten } from './fate-list.js'
import { isYes } from './front-matter-value.js'
import { EXPLICIT_ONLY, POLICY_FILE } from './invocation-policy.js'
import { type NamedTarget, planChanges, planSkipped, planUnusable, refuseClosed } from './named-plan.js'
import type { Wording } from './reword.js'
import { safeName, UniqueNames } from './safe-name.js'
import { convertSkillDocument } from './skills-document.js'
import { skillKeyFate } from './skills-keys.js'
import { unreadFate } from './skills-place.js'
import { findSpot } from './target-spot.js'

/** Skills go as whole folders to where the target looks for them. Source: reference 0.169.0. */
export const skillsKind: Kind<SkillArtifact> = {
  itemType: 'SKILLS',

  describe: (sourceWords, target) => `Migrate skills from ${sourceWords} to ${target.skillsDir}`,

  offer(artifacts, target, view) {
    const there = view.names(target.skillsDir)
    const offered = namedTargets(artifacts, target)
      .filter(([artifact, to]) => !artifact.notTaken && !artifact.problem && !there.has(to.name))
      .map(([, to]) => to.name)
    if (offered.length > 0) refuseClosed(target.skillsDir, view, 'SKILLS')
    return offered
  },

  plan(artifacts, target, view, options) {
    if (artifacts.length > 0) refuseClosed(target.skillsDir, view, 'SKILLS')
    return namedTargets(artifacts, target).map(([artifact, to]) => planSkill(artifact, to, target, view, options))
  },
}

/** Folders of skills keep their names; hostile names are made harmless, and no two are the same. */
function namedTargets(
  artifacts: readonly SkillArtifact[],
  target: Target,
): readonly (readonly [SkillArtifact, NamedTarget])[] {
  const names = new UniqueNames()
  return artifacts.map((artifact) => {
    const name = artifact.notTaken ? artifact.name : names.take(safeName(artifact.name))
    return [artifact, { name, path: `${target.skillsDir}/${name}` }]
  })
}

function planSkill(
  artifact: SkillArtifact,
  to: NamedTarget,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): PlannedArtifact {
  const unusable = planUnusable(artifact, to)
  if (unusable) return unusable

  const fates = new FateList()
  const tree = convertTree(artifact, to, { words: options.words, target }, fates)
  const isSame = (path: string) => tree.every((file) => view.holds(`${path}/${file.relativePath}`, file))
  const renamed = (path: string, attempt: number) => `${path}-imported${attempt === 1 ? '' : `-${attempt}`}`
  const spot = findSpot({ path: to.path, as: 'directory', onConflict: options.onConflict, isSame, renamed }, view)
  if (spot.type === 'taken') return planSkipped(artifact, to, spot.reason)

  const at = { ...to, path: spot.path, label: spot.path.slice(target.skillsDir.length + 1) }
  settleFacts(artifact, at, tree, fates)
  const first = artifact.files.find((file) => file.relativePath === mainDocument(artifact)) ?? artifact.files[0]
  const unread = first && unreadFate(first.fact, target)
  if (unread) fates.add(unread)
  if (spot.type === 'same') return planChanges(artifact, at, [], fates.of(artifact.facts))
  const replace = spot.type === 'replace' ? { replace: true } : {}
  const change = { type: 'copyTree' as const, path: spot.path, files: tree, folders: artifact.folders, ...replace }
  return planChanges(artifact, at, [change], fates.of(artifact.facts))
}

/** The files as they will stand in the target. Fates of what is rewritten on the way are settled here. */
function convertTree(artifact: SkillArtifact, to: NamedTarget, wording: Wording, fates: FateList): readonly TreeFile[] {
  const main = mainDocument(artifact)
  const files: TreeFile[] = artifact.files.map(({ fact, ...file }) => {
    if (typeof file.content !== 'string') return file
    const isMain = file.relativePath === main
    const document = convertSkillDocument(
      file.content,
      isMain ? to.name : (file.relativePath.split('/').at(-2) ?? to.name),
      wording,
    )
    const spelled = file.relativePath.replace(/[^/]+$/, 'SKILL.md')
    const isRespelled = spelled !== file.relativePath && !artifact.files.some((other) => other.relativePath === spelled)
    const relativePath = isRespelled ? spelled : file.relativePath
    const reason = document.bodyReason ?? (isRespelled ? RESPELLED : undefined)
    if (reason) fates.add(rewritten(fact, reason, `${to.path}/${relativePath}`))
    if (isMain) {
      for (const line of artifact.frontMatter) fates.add(skillKeyFate(line, document.keyReasons.get(line.key)))
    }
    return { ...file, relativePath, content: document.text }
  })
  if (artifact.frontMatter.some((line) => line.key === 'disable-model-invocation' && isYes(line.value))) {
    addPolicy(artifact, files, fates)
  }
  return files
}

const RESPELLED: FateReason = {
  code: 'respelled',
  message: 'the file is called SKILL.md now; under another spelling it is not found',
}

/** Keeps the model from taking the skill up by itself, in the way the target knows. */
function addPolicy(artifact: SkillArtifact, files: TreeFile[], fates: FateList): void {
  const { fact } = artifact.frontMatter.find((line) => line.key === 'disable-model-invocation')!
  if (files.some((file) => file.relativePath === POLICY_FILE)) {
    const message = `the skill has an ${POLICY_FILE} of its own, which was left as it is`
    const action = `Set policy.allow_implicit_invocation to false in ${POLICY_FILE} of the skill.`
    fates.add(needsAction(fact, { code: 'policy-exists', message }, action))
    return
  }
  files.push(EXPLICIT_ONLY)
  const message = `said in ${POLICY_FILE}: allow_implicit_invocation is false`
  fates.add(rewritten(fact, { code: 'as-policy', message }, POLICY_FILE))
}

function settleFacts(artifact: SkillArtifact, at: NamedTarget, tree: readonly TreeFile[], fates: FateList): void {
  for (const left of artifact.leftOut) fates.add(dropped(left.fact, { code: left.code, message: left.message }))
  if (artifact.files.length === 0 && artifact.leftOut.length === 0) {
    for (const fact of artifact.facts) fates.add(mapped(fact, at.path))
  }
  const reason = mainDocument(artifact) === undefined ? NO_SKILL_FILE : undefined
  for (const [index, file] of artifact.files.entries()) {
    if (!fates.has(file.fact)) fates.add(mapped(file.fact, `${at.path}/${tree[index]!.relativePath}`, reason))
  }
}

const NO_SKILL_FILE: FateReason = {
  code: 'no-skill-file',
  message: 'the folder has no SKILL.md: it is copied, and not loaded as a skill',
}

function mainDocument(artifact: SkillArtifact): string | undefined {
  const names = artifact.files.map((file) => file.relativePath).filter((name) => name.toLowerCase() === 'skill.md')
  return names.find((name) => name === 'SKILL.md') ?? names[0]
}
