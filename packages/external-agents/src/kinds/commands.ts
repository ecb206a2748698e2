import type { TreeFile } from '@gangway/home'
import type { CommandArtifact } from '../artifact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { convertCommand } from './commands-document.js'
import { commandKeyFate } from './commands-keys.js'
import { commandNames } from './commands-name.js'
import { FateList, rewritten } from './fate-list.js'
import { isYes } from './front-matter-value.js'
import { EXPLICIT_ONLY, POLICY_FILE } from './invocation-policy.js'
import { type NamedTarget, planChanges, planSkipped, planUnusable, refuseClosed } from './named-plan.js'
import { unreadFate } from './skills-place.js'
import { findSpot } from './target-spot.js'

/** Commands become skills, which is what the target has for prompts that are called by name. Source: reference 0.169.0. */
export const commandsKind: Kind<CommandArtifact> = {
  itemType: 'COMMANDS',

  describe: (sourceWords, target) => `Migrate commands from ${sourceWords} to ${target.skillsDir}`,

  offer(artifacts, target, view) {
    const there = view.names(target.skillsDir)
    const offered = namedTargets(artifacts, target)
      .filter(([artifact, to]) => !artifact.notTaken && !artifact.problem && !there.has(to.name))
      .map(([, to]) => to.name)
      .sort()
    if (offered.length > 0) refuseClosed(target.skillsDir, view, 'COMMANDS')
    return offered
  },

  plan(artifacts, target, view, options) {
    if (artifacts.length > 0) refuseClosed(target.skillsDir, view, 'COMMANDS')
    const planned = namedTargets(artifacts, target).map(([artifact, to]) =>
      planCommand(artifact, to, target, view, options),
    )
    return planned.sort((a, b) => (a.name! < b.name! ? -1 : a.name! > b.name! ? 1 : 0))
  },
}

function namedTargets(
  artifacts: readonly CommandArtifact[],
  target: Target,
): readonly (readonly [CommandArtifact, NamedTarget])[] {
  const names = commandNames(artifacts.filter((artifact) => !artifact.notTaken))
  return artifacts.map((artifact) => {
    const name = names.get(artifact) ?? artifact.name
    return [artifact, { name, path: `${target.skillsDir}/${name}` }]
  })
}

function planCommand(
  artifact: CommandArtifact,
  to: NamedTarget,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): PlannedArtifact {
  const unusable = planUnusable(artifact, to)
  if (unusable) return unusable

  const document = convertCommand(artifact, to.name, { words: options.words, target })
  const policy = artifact.frontMatter.some((line) => line.key === 'disable-model-invocation' && isYes(line.value))
  const files: TreeFile[] = [
    { relativePath: 'SKILL.md', content: document.text, mode: 0o644 },
    ...(policy ? [EXPLICIT_ONLY] : []),
  ]
  const isSame = (path: string) => files.every((file) => view.holds(`${path}/${file.relativePath}`, file))
  const renamed = (path: string, attempt: number) => `${path}-imported${attempt === 1 ? '' : `-${attempt}`}`
  const spot = findSpot({ path: to.path, as: 'directory', onConflict: options.onConflict, isSame, renamed }, view)
  if (spot.type === 'taken') return planSkipped(artifact, to, spot.reason)

  const at = { ...to, path: spot.path, label: spot.path.slice(target.skillsDir.length + 1) }
  const fates = new FateList()
  fates.add(
    unreadFate(artifact.bodyFact, target) ?? rewritten(artifact.bodyFact, document.bodyReason, `${spot.path}/SKILL.md`),
  )
  for (const line of artifact.frontMatter)
    fates.add(commandKeyFate(line, document.descriptionReason, `${spot.path}/${POLICY_FILE}`))
  if (spot.type === 'same') return planChanges(artifact, at, [], fates.of(artifact.facts))
  const replace = spot.type === 'replace' ? { replace: true } : {}
  return planChanges(artifact, at, [{ type: 'copyTree', path: spot.path, files, ...replace }], fates.of(artifact.facts))
}
