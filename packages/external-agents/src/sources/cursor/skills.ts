import { join } from 'node:path'
import type { FrontMatterEntry, Place, SkillArtifact } from '../../artifact.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { readSkillsIn } from '../reading/skills.js'
import { type Rule, readRules } from './rules.js'

/**
 * Folders below `skills/`, in a home those below `skills-cursor/` too, then the rules that wait until they fit or are asked
 * for: such a rule is a skill without files. Source: reference 0.169.0 for the folders; it reads no rule.
 */
export const skillsReader: Reader<SkillArtifact> = {
  itemType: 'SKILLS',

  describe(place, files) {
    const folders = foldersOf(place).filter((folder) => {
      const listed = files.list(folder, place.root)
      return listed.ok && listed.value.length > 0
    })
    return folders.length > 0 ? folders.join(', ') : join(place.configDir, 'rules')
  },

  read(place, files, depth) {
    const read = foldersOf(place).map((folder) => readSkillsIn(folder, place, files, depth))
    const problem = read.find((one) => one.problem)?.problem
    const rules = rulesAsSkills(place, files, depth)
    return {
      artifacts: [...read.flatMap(({ artifacts }) => artifacts), ...rules],
      warnings: read.flatMap(({ warnings }) => warnings),
      ...(problem && { problem }),
    }
  },
}

function foldersOf(place: Place): readonly string[] {
  const own = join(place.configDir, 'skills')
  return place.kind === 'home' ? [own, join(place.configDir, 'skills-cursor')] : [own]
}

function rulesAsSkills(place: Place, files: SourceFiles, depth: 'names' | 'full'): readonly SkillArtifact[] {
  return readRules(place, files, depth)
    .rules.filter(({ use }) => use === 'described' || use === 'asked')
    .map(asSkill)
}

function asSkill(rule: Rule): SkillArtifact {
  const stem = [rule.folder, rule.relativePath.replace(/\.mdc?$/, '')].filter((part) => part !== '').join('-')
  const name = `rule-${
    stem
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'of-cursor'
  }`
  const isAsked = rule.use === 'asked'
  const description = isAsked ? `The rule ${stem}, for when it is asked for.` : rule.description
  const head = [
    `name: ${name}`,
    `description: ${JSON.stringify(description)}`,
    ...(isAsked ? ['disable-model-invocation: true'] : []),
    ...rule.frontMatter
      .filter(({ key }) => !KNOWN.has(key))
      .map(({ key, value }) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
  ]
  const content = `---\n${head.join('\n')}\n---\n${rule.body}`
  return {
    itemType: 'SKILLS',
    name,
    path: rule.path,
    facts: rule.facts,
    files: [{ relativePath: 'SKILL.md', content, mode: 0o644, fact: rule.bodyFact }],
    folders: [],
    leftOut: [],
    frontMatter: rule.frontMatter.map((entry) => inWordsOfSkills(entry, isAsked)),
  }
}

const KNOWN = new Set(['name', 'description', 'globs', 'alwaysApply'])

/** `alwaysApply: false` without description is what skills say as `disable-model-invocation: true`. */
function inWordsOfSkills(entry: FrontMatterEntry, isAsked: boolean): FrontMatterEntry {
  if (entry.key !== 'alwaysApply') return entry
  return { ...entry, key: 'disable-model-invocation', value: isAsked ? 'true' : 'false' }
}
