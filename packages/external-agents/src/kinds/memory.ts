import { join } from 'node:path'
import type { TreeFile } from '@gangway/home'
import type { MemoryArtifact } from '../artifact.js'
import type { Kind, PlannedArtifact, PlanOptions, Target, TargetView } from '../kind.js'
import { allDropped, dropped, FateList, mapped } from './fate-list.js'
import { planUnusable, refuseBlocked } from './named-plan.js'

/**
 * What another agent remembers of projects: byte copies, a folder for each, with the project's folder in `scope.json`. A
 * folder that says something else is replaced as a whole. Source: reference 0.169.0, import-artifacts 11.
 */
export const memoryKind: Kind<MemoryArtifact> = {
  itemType: 'MEMORY',

  describe: (sourceWords, target) => `Import memory files from ${sourceWords} to ${resourcesOf(target)}`,

  offer(artifacts, target, view, words) {
    const planned = memoryKind.plan(artifacts, target, view, { onConflict: 'default', copySecrets: false, words })
    return planned.flatMap(({ name, outcome }) => (outcome.type === 'change' && name !== null ? [name] : []))
  },

  plan: (artifacts, target, view, options) => artifacts.map((artifact) => planMemory(artifact, target, view, options)),
}

function resourcesOf({ codexHome }: Target): string {
  return join(codexHome, 'memories_v2', 'extensions', 'external_agent_import', 'resources')
}

function planMemory(artifact: MemoryArtifact, target: Target, view: TargetView, options: PlanOptions): PlannedArtifact {
  const resources = resourcesOf(target)
  const path = join(resources, artifact.name)
  const to = { name: artifact.name, path, label: resources }
  const unusable = planUnusable(artifact, to)
  if (unusable) return unusable

  const files: readonly TreeFile[] = [
    ...artifact.files.map(({ relativePath, source }) => ({ relativePath, source })),
    { relativePath: 'scope.json', content: JSON.stringify({ cwd: artifact.cwd }) },
  ]
  const record = {
    itemType: artifact.itemType,
    name: artifact.name,
    source: artifact.name,
    target: resources,
    sourcePath: artifact.path,
    targetPath: path,
    environment: [],
  }
  const isThere = view.kindOf(path) !== 'missing'
  if (isThere && options.onConflict === 'skip') {
    const reason = { code: 'target-exists', message: `${path} is there already, and is to be left alone` }
    return { ...record, outcome: { type: 'skipped', reason }, fates: allDropped(artifact.facts, reason) }
  }
  const fates = new FateList()
  for (const { relativePath, fact } of artifact.files) fates.add(mapped(fact, join(path, relativePath)))
  for (const { fact, reason } of artifact.leftOut) fates.add(dropped(fact, reason))
  if (isThere && holdsAll(path, files, view)) {
    return { ...record, outcome: { type: 'nothing' }, fates: fates.of(artifact.facts) }
  }
  refuseBlocked(path, view, 'MEMORY')
  const copy = { type: 'copyTree' as const, path, files, ...(isThere && { replace: true }) }
  const guide = join(resources, '..', 'instructions.md')
  const isExplained = view.kindOf(guide) !== 'missing'
  const changes = isExplained ? [copy] : [copy, { type: 'writeFile' as const, path: guide, content: GUIDE }]
  return { ...record, outcome: { type: 'change', changes }, fates: fates.of(artifact.facts) }
}

/** For whoever makes memories of these files. */
const GUIDE =
  'Each folder below resources/ holds what another coding agent remembered of one project; its scope.json names the folder of\n' +
  'the project. What is remembered there counts for that project only, and may be out of date: check before relying on it.\n'

/** Whether the folder holds these files, and at its top nothing else. */
function holdsAll(path: string, files: readonly TreeFile[], view: TargetView): boolean {
  const tops = new Set(files.map(({ relativePath }) => relativePath.split('/')[0]!))
  return (
    [...view.names(path)].every((name) => tops.has(name)) &&
    files.every((file) => view.holds(join(path, file.relativePath), file))
  )
}
