import type { PluginArtifact } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import { dropped, FateList, mapped } from './fate-list.js'

/** What becomes of everything that is said of a plugin which comes over. */
export function pluginFates(artifact: PluginArtifact, configToml: string, isLater: boolean): readonly FactFate[] {
  const fates = new FateList()
  const reason = isLater ? FETCHED_LATER : undefined
  const [said] = artifact.facts
  if (said) fates.add(mapped(said, configToml, reason))
  for (const fact of artifact.overridden) fates.add(dropped(fact, OVERRIDDEN))
  for (const [index, fact] of artifact.marketplaceFacts.entries()) {
    fates.add(index === 0 ? mapped(fact, configToml, reason) : dropped(fact, OVERRIDDEN))
  }
  for (const fact of artifact.stateFacts) fates.add(dropped(fact, MADE_ANEW))
  return fates.of(artifact.facts)
}

const FETCHED_LATER: FateReason = {
  code: 'fetched-later',
  message: 'it is in a repository, which is fetched after everything else was brought over',
}

const OVERRIDDEN: FateReason = { code: 'overridden', message: 'another file says so too, and counts more' }

const MADE_ANEW: FateReason = {
  code: 'made-anew',
  message: 'the other agent has noted its own copy here; the target makes one of its own from the marketplace',
}
