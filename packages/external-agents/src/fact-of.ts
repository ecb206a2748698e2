import { isAbsolute, relative, sep } from 'node:path'
import type { Place } from './artifact.js'
import type { Fact } from './fact.js'

/**
 * The fact that `file` states something at `pointer`, with an id that is unique within a plan:
 * `home:.claude/settings.json#/env/FOO`, or the repository's root in place of `home`.
 *
 * @param file absolute; outside the place's root (a moved configuration folder) the id holds it whole
 */
export function factOf(place: Place, file: string, pointer: string): Fact {
  const scope = place.kind === 'home' ? 'home' : place.root
  const below = isBelow(file, place.root) ? relative(place.root, file).split(sep).join('/') : file
  return { id: `${scope}:${below}#${pointer}`, file, pointer }
}

/**
 * The folder that links in another agent's files may lead to: the home or the repository, or the agent's own folder when
 * that stands elsewhere (`CLAUDE_CONFIG_DIR`).
 */
export function readingRoot(place: Place): string {
  return isBelow(place.configDir, place.root) ? place.root : place.configDir
}

function isBelow(path: string, root: string): boolean {
  const below = relative(root, path)
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}
