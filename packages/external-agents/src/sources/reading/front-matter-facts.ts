import type { FrontMatterEntry, Place } from '../../artifact.js'
import type { Fact } from '../../fact.js'
import { factOf } from '../../fact-of.js'
import { readFrontMatter } from '../../frontmatter.js'

/** A Markdown document as facts: one per front matter key, one for the body. */
export interface DocumentFacts {
  readonly frontMatter: readonly FrontMatterEntry[]
  readonly body: string
  readonly bodyFact: Fact
  readonly facts: readonly Fact[]
}

/** Splits a document at its front matter and states its facts. Keys are escaped in pointers as in JSON pointers. */
export function documentFacts(place: Place, file: string, text: string): DocumentFacts {
  const { entries, body } = readFrontMatter(text)
  const frontMatter = entries.map(({ key, value }) => ({
    key,
    value,
    fact: factOf(place, file, `frontmatter/${escaped(key)}`),
  }))
  const bodyFact = factOf(place, file, 'body')
  return { frontMatter, body, bodyFact, facts: [...frontMatter.map((entry) => entry.fact), bodyFact] }
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
