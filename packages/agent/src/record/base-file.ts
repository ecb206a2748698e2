import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type FileOf, parseRolloutName } from '@gangway/home'
import type { HomeLayout } from '@gangway/home/layout'

/** Finds the rollout of an id, or of a revision, by its name in the home. Looks through the folders when it is called. */
export function rolloutFinder(layout: HomeLayout): FileOf {
  return (fileId) => {
    for (const folder of [layout.sessionsDir, layout.archivedSessionsDir]) {
      for (const name of namesIn(folder)) {
        const rollout = parseRolloutName(name)
        if ((rollout?.revisionId ?? rollout?.threadId) === fileId) return join(folder, name)
      }
    }
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}
