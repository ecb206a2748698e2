import { relative, sep } from 'node:path'
import type { ArtifactBase } from '../../artifact.js'
import type { ImportProblem } from '../../fact.js'
import type { FoundFiles } from './folder-walk.js'

/** A folder that could not be listed. */
export interface UnlistedFolder {
  readonly path: string
  /** Below the folder that was walked, `/` between parts. */
  readonly relativePath: string
  readonly problem: ImportProblem
}

/** What a walk could not list: the folder it began with, or some below it. */
export function unlistedOf(
  found: FoundFiles,
  folder: string,
  itemType: ImportProblem['itemType'],
): { readonly whole?: ImportProblem; readonly below: readonly UnlistedFolder[] } {
  const unlisted = found.problems.map((problem) => ({ ...problem, itemType }))
  const whole = unlisted.find(({ source }) => source === folder)
  if (whole) return { whole, below: [] }
  const below = unlisted.map((problem) => {
    const path = problem.source ?? folder
    return { path, relativePath: relative(folder, path).split(sep).join('/'), problem }
  })
  return { below }
}

/** What is wrong with artifacts, as warnings of a look at names. A full read says it as failures. */
export function problemsOf(artifacts: readonly ArtifactBase[]): readonly ImportProblem[] {
  return artifacts.flatMap((artifact) => (artifact.problem ? [artifact.problem] : []))
}
