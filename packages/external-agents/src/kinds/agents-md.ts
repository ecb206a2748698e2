import { dirname } from 'node:path'
import type { InstructionsArtifact } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import { ImportFailure, type Kind, type PlannedArtifact, type Target, type TargetView } from '../kind.js'
import { planDocument } from './agents-md-document.js'
import { allDropped } from './fate-list.js'
import { refuseClosed } from './named-plan.js'

/**
 * Documents of instructions: those of the root become one `AGENTS.md`, those of sub-folders one each. Into a document
 * that is there they are merged as marked sections. Personal documents are never put where others would read them.
 * Source: reference 0.169.0 for the root document; it has no merge and reads no other.
 */
export const agentsMdKind: Kind<InstructionsArtifact> = {
  itemType: 'AGENTS_MD',

  describe: (sourceWords, target) => `Migrate ${sourceWords} to ${target.agentsMd}`,

  offer(artifacts, target, view, words) {
    if (!artifacts.some(isReadable)) return []
    if (isPlainlyWanted(artifacts, target, view)) return ['']
    const planned = agentsMdKind.plan(artifacts, target, view, { onConflict: 'default', copySecrets: false, words })
    return planned.some((artifact) => artifact.outcome.type === 'change') ? [''] : []
  },

  plan(artifacts, target, view, options) {
    refuseUnreadable(artifacts)
    const planned = new Map<InstructionsArtifact, PlannedArtifact>()
    for (const [path, documents] of byTarget(artifacts, target)) {
      for (const [document, plan] of planDocument(path, documents, target, view, options)) planned.set(document, plan)
    }
    return artifacts.map((artifact) => planned.get(artifact) ?? planAside(artifact, target))
  },
}

/**
 * Whether a document with words of its own has a place to go where nothing is: a change for certain, whatever its text becomes.
 *
 * @throws ImportFailure when nothing can be made at one of the places
 */
function isPlainlyWanted(artifacts: readonly InstructionsArtifact[], target: Target, view: TargetView): boolean {
  const groups = [...byTarget(artifacts, target)].filter(([, documents]) => documents.some(hasWords))
  for (const [path] of groups) refuseClosed(dirname(path), view, 'AGENTS_MD')
  return groups.some(([path]) => view.kindOf(path) === 'missing')
}

function hasWords({ text, includes }: InstructionsArtifact): boolean {
  return includes.length === 0 && text.trim() !== ''
}

/** Documents that will be read from each path of the target, in the order they came in. */
function byTarget(
  artifacts: readonly InstructionsArtifact[],
  target: Target,
): ReadonlyMap<string, readonly InstructionsArtifact[]> {
  const groups = new Map<string, InstructionsArtifact[]>()
  for (const artifact of artifacts) {
    if (!isReadable(artifact)) continue
    const path = targetPathOf(artifact, target)
    groups.set(path, [...(groups.get(path) ?? []), artifact])
  }
  return groups
}

/** A document that can be brought over: not a personal one, and nothing was wrong with it. */
function isReadable(artifact: InstructionsArtifact): boolean {
  return !artifact.notTaken && !artifact.problem && artifact.role !== 'local'
}

function targetPathOf(artifact: InstructionsArtifact, target: Target): string {
  return artifact.folder === '' ? target.agentsMd : `${target.place.root}/${artifact.folder}/AGENTS.md`
}

/** @throws ImportFailure when there is nothing to bring over but what cannot be read */
function refuseUnreadable(artifacts: readonly InstructionsArtifact[]): void {
  const wanted = artifacts.filter((artifact) => !artifact.notTaken && artifact.role !== 'local')
  const problem = wanted[0]?.problem
  if (problem && wanted.every((artifact) => artifact.problem)) throw new ImportFailure(problem)
}

/** A document that goes nowhere: not readable, left alone by its source, or personal. */
function planAside(artifact: InstructionsArtifact, target: Target): PlannedArtifact {
  const path = targetPathOf(artifact, target)
  const base = {
    itemType: artifact.itemType,
    name: null,
    source: artifact.path,
    target: path,
    sourcePath: artifact.path,
    targetPath: path,
    environment: [],
  }
  if (artifact.problem) {
    const reason = { code: artifact.problem.subErrorType.replaceAll('_', '-'), message: artifact.problem.message }
    return {
      ...base,
      outcome: { type: 'failed', problem: artifact.problem },
      fates: allDropped(artifact.facts, reason),
    }
  }
  if (artifact.notTaken) {
    return {
      ...base,
      outcome: { type: 'skipped', reason: artifact.notTaken },
      fates: allDropped(artifact.facts, artifact.notTaken),
    }
  }
  const reason = {
    code: 'personal',
    message: `${artifact.path} is personal, and ${path} is shared with everybody who has the repository`,
  }
  return { ...base, outcome: { type: 'skipped', reason }, fates: personal(artifact, target, reason) }
}

function personal(artifact: InstructionsArtifact, target: Target, reason: FateReason): readonly FactFate[] {
  const action =
    `Copy what should hold in every project to ${target.codexHome}/AGENTS.md. For this folder only, write an ` +
    'AGENTS.override.md that git ignores: it is read instead of AGENTS.md, so it must hold that text too.'
  return artifact.facts.map((fact) => ({ fact, fate: 'needs-action', reason, action }))
}
