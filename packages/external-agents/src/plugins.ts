// What a server that installs plugins needs of what imports do with them.
import { loadYaml, readFrontMatter, yamlIsWanted } from './frontmatter.js'

export { loadPluginCommandSkills } from './kinds/plugins-commands.js'

/** What a `SKILL.md` says of itself. */
export interface SkillHead {
  readonly name: string
  readonly description: string
  readonly shortDescription: string | null
}

/** The heads of skills, by their texts; undefined for one without name or description, which no agent takes up. */
export async function readSkillHeads(texts: readonly string[]): Promise<readonly (SkillHead | undefined)[]> {
  const heads = texts.map(headOf)
  if (!yamlIsWanted()) return heads
  await loadYaml()
  return texts.map(headOf)
}

function headOf(text: string): SkillHead | undefined {
  const { entries } = readFrontMatter(text)
  const entryOf = (key: string): unknown => entries.find((entry) => entry.key === key)?.value
  const [name, description] = [entryOf('name'), entryOf('description')]
  if (typeof name !== 'string' || name === '' || typeof description !== 'string' || description === '') return undefined
  const metadata = entryOf('metadata') as { readonly 'short-description'?: unknown } | null | undefined
  const short = metadata?.['short-description']
  return { name, description, shortDescription: typeof short === 'string' ? short : null }
}
