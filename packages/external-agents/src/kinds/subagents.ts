import type { SubagentArtifact } from '../artifact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { FateList } from './fate-list.js'
import { type NamedTarget, planChanges, planSkipped, planUnusable, refuseClosed } from './named-plan.js'
import { safeName, UniqueNames } from './safe-name.js'
import { convertSubagent, displayName } from './subagents-role.js'
import { findSpot } from './target-spot.js'

/** Subagents become role files, named after the source's file. Source: reference 0.169.0. */
export const subagentsKind: Kind<SubagentArtifact> = {
  itemType: 'SUBAGENTS',

  describe: (sourceWords, target) => `Migrate subagents from ${sourceWords} to ${target.agentsDir}`,

  offer(artifacts, target, view) {
    const there = view.names(target.agentsDir)
    const offered = namedTargets(artifacts, target)
      .filter(
        ({ artifact, fileName }) =>
          !artifact.notTaken && !artifact.problem && artifact.body.trim() !== '' && !there.has(fileName),
      )
      .map(({ to }) => to.name)
    if (offered.length > 0) refuseClosed(target.agentsDir, view, 'SUBAGENTS')
    return offered
  },

  plan(artifacts, target, view, options) {
    if (artifacts.length > 0) refuseClosed(target.agentsDir, view, 'SUBAGENTS')
    const loaded = new Set<string>()
    return namedTargets(artifacts, target).map((named) => {
      const isRepeated = loaded.has(named.to.name)
      const planned = planSubagent(named, isRepeated, target, view, options)
      if (planned.outcome.type === 'change' || planned.outcome.type === 'nothing') loaded.add(named.to.name)
      return planned
    })
  },
}

interface NamedSubagent {
  readonly artifact: SubagentArtifact
  readonly to: NamedTarget
  readonly fileName: string
}

/** Files of the top folder keep their names; those below get their folder's name before it when theirs is taken. */
function namedTargets(artifacts: readonly SubagentArtifact[], target: Target): readonly NamedSubagent[] {
  const names = new UniqueNames()
  const stems = new Map<SubagentArtifact, string>()
  const usable = artifacts.filter((artifact) => !artifact.notTaken)
  for (const artifact of usable) if (artifact.folder === '') stems.set(artifact, names.take(safeName(artifact.stem)))
  for (const artifact of usable) {
    if (artifact.folder === '') continue
    const stem = safeName(artifact.stem)
    stems.set(
      artifact,
      names.take(names.isFree(stem) ? stem : safeName(`${artifact.folder.replaceAll('/', '-')}-${stem}`)),
    )
  }
  return artifacts.map((artifact) => {
    const fileName = `${stems.get(artifact) ?? safeName(artifact.stem)}.toml`
    return { artifact, fileName, to: { name: displayName(artifact), path: `${target.agentsDir}/${fileName}` } }
  })
}

function planSubagent(
  named: NamedSubagent,
  isRepeated: boolean,
  target: Target,
  view: TargetView,
  options: PlanOptions,
): PlannedArtifact {
  const { artifact, to } = named
  const unusable = planUnusable(artifact, to)
  if (unusable) return unusable
  if (artifact.body.trim() === '') {
    return planSkipped(artifact, to, {
      code: 'empty-body',
      message: `${artifact.path} holds no instructions; a role without is not loaded`,
    })
  }

  const fates = new FateList()
  const content = convertSubagent(artifact, to.path, { words: options.words, target }, fates, isRepeated)
  const isSame = (path: string) => view.holds(path, { content })
  const renamed = (path: string, attempt: number) =>
    path.replace(/\.toml$/, `-imported${attempt === 1 ? '' : `-${attempt}`}.toml`)
  const spot = findSpot({ path: to.path, as: 'file', onConflict: options.onConflict, isSame, renamed }, view)
  if (spot.type === 'taken') return planSkipped(artifact, to, spot.reason)

  const at = { ...to, path: spot.path }
  if (spot.type === 'same') return planChanges(artifact, at, [], fates.of(artifact.facts))
  const digest = spot.type === 'replace' ? view.digest(spot.path) : undefined
  if (spot.type === 'replace' && digest === undefined) {
    return planSkipped(artifact, to, { code: 'target-is-folder', message: `${spot.path} is in the way: it is no file` })
  }
  const replaces = digest === undefined ? {} : { replaces: digest }
  return planChanges(
    artifact,
    at,
    [{ type: 'writeFile', path: spot.path, content, ...replaces }],
    fates.of(artifact.facts),
  )
}
