import type { FateReason } from '../fact.js'
import type { Target } from '../kind.js'
import { mapKnownPaths } from '../known-paths.js'
import { rewriteProse } from '../prose.js'
import type { SourceWords } from '../words.js'

/** What prose is rewritten from and to. */
export interface Wording {
  readonly words: SourceWords
  readonly target: Pick<Target, 'codexHome' | 'place'>
}

/** Why a text is not word for word what it was. */
export const REWORDED: FateReason = {
  code: 'names-rewritten',
  message: 'names of the other agent, of its document and of its folders were changed in prose',
}

/** `text` with the target's names and places in its prose, and whether that changed anything. */
export function reword(
  text: string,
  { words, target }: Wording,
): { readonly text: string; readonly isChanged: boolean } {
  if (words.agentNames.length === 0) return { text, isChanged: false }
  const paths = mapKnownPaths(text, words, target)
  const prose = rewriteProse(paths.text, words)
  return { text: prose.text, isChanged: paths.replacements.length + prose.replacements.length > 0 }
}
