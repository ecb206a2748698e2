import type { ArtifactBase } from '../../artifact.js'
import type { ImportProblem } from '../../fact.js'

/** What is wrong with artifacts, as warnings of a look at names. A full read says it as failures. */
export function problemsOf(artifacts: readonly ArtifactBase[]): readonly ImportProblem[] {
  return artifacts.flatMap((artifact) => (artifact.problem ? [artifact.problem] : []))
}
