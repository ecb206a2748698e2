import { relative, sep } from 'node:path'
import type { Place } from './artifact.js'
import { isInside } from './contained.js'
import type { Fact } from './fact.js'

/**
 * The fact that `file` states something at `pointer`, with an id that is unique within a plan:
 * `home:.claude/settings.json#/env/FOO`, or the repository's root in place of `home`.
 *
 * @param file absolute; outside the place's root (a moved configuration folder) the id holds it whole
 */
export function factOf(place: Place, file: string, pointer: string): Fact {
  const scope = place.kind === 'home' ? 'home' : place.root
  return { id: `${scope}:${below(file, place.root)}#${pointer}`, file, pointer }
}

/**
 * The folder that links in another agent's files may lead to: the home or the repository, or the agent's own folder when
 * that stands elsewhere (`CLAUDE_CONFIG_DIR`).
 */
export function readingRoot(place: Place): string {
  return isInside(place.configDir, place.root) ? place.root : place.configDir
}

/** The path below the root with `/` between parts; whole when it is not below it. */
function below(file: string, root: string): string {
  if (sep === '/' && file.startsWith(`${root}/`) && !/\/\.{0,2}(?:\/|$)/.test(file)) return file.slice(root.length + 1)
  return isInside(file, root) ? relative(root, file).split(sep).join('/') : file
}
