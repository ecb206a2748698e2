import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Fact, FactFate } from '../fact.js'
import type { Target } from '../kind.js'
import { needsAction } from './fate-list.js'

/**
 * The fate of what is put in a skills folder that nobody reads: the one beside a Codex home that is not in the person's
 * home. Undefined where skills are read. Looks at where the folders really stand.
 * Source: reference 0.169.0, docs/observations/skills-and-roles.md.
 */
export function unreadFate(fact: Fact, target: Target): FactFate | undefined {
  if (target.place.kind === 'repo') return undefined
  const beside = dirname(target.codexHome)
  const { userHome } = target.place
  if (beside === userHome || realPath(beside) === realPath(userHome)) return undefined
  const read = join(userHome, '.agents', 'skills')
  const message = `${target.skillsDir} stands beside the Codex home and is not read; ${read} is`
  return needsAction(fact, { code: 'not-read-there', message }, `Move the skill's folder to ${read}.`)
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
