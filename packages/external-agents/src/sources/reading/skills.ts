import { join } from 'node:path'
import type { Place, SkillArtifact } from '../../artifact.js'
import type { Fact, FateReason, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader, ReadResult } from '../../source.js'
import type { SourceEntry, SourceFiles } from '../../source-files.js'
import { reasonNotTaken, walkFolder } from './folder-walk.js'
import { documentFacts } from './front-matter-facts.js'

/**
 * Folders below `skills/`, in byte order of their names. For names nothing below them is looked at. Links are followed
 * when they stay inside the root. What is no skill (a loose file, a hidden folder without `SKILL.md`) is an artifact that
 * is not taken. Source: reference 0.169.0, which leaves out links and does not sort.
 */
export const skillsReader: Reader<SkillArtifact> = {
  itemType: 'SKILLS',

  describe: (place) => skillsFolder(place),

  read: (place, files, depth) => readSkillsIn(skillsFolder(place), place, files, depth),
}

/** The same for a folder of skills that stands elsewhere. */
export function readSkillsIn(
  folder: string,
  place: Place,
  files: SourceFiles,
  depth: 'names' | 'full',
): ReadResult<SkillArtifact> {
  const root = readingRoot(place)
  const listed = files.list(folder, root)
  if (!listed.ok) {
    return listed.missing
      ? { artifacts: [], warnings: [] }
      : { artifacts: [], problem: problemOf(listed.problem), warnings: [] }
  }
  const artifacts = listed.value.map((entry) => {
    const reason = whyNoSkill(entry, root, files)
    if (reason) return notTaken(place, entry, reason)
    return depth === 'names' ? nameOnly(entry) : readSkill(place, entry, root, files)
  })
  return { artifacts, warnings: [] }
}

function skillsFolder(place: Place): string {
  return join(place.configDir, 'skills')
}

function whyNoSkill(entry: SourceEntry, root: string, files: SourceFiles): FateReason | undefined {
  if (entry.type === 'file')
    return { code: 'loose-file', message: `${entry.path} is a file beside the skills, in no skill's folder` }
  if (entry.type === 'directory' && entry.name.startsWith('.')) {
    const inside = files.list(entry.path, root)
    const isSkill = inside.ok && inside.value.some((file) => isSkillFile(file.name))
    return isSkill
      ? undefined
      : { code: 'hidden-folder', message: `${entry.path} is a hidden folder without a SKILL.md` }
  }
  return reasonNotTaken(entry)
}

function nameOnly(entry: SourceEntry): SkillArtifact {
  return {
    itemType: 'SKILLS',
    name: entry.name,
    path: entry.path,
    facts: [],
    files: [],
    folders: [],
    leftOut: [],
    frontMatter: [],
  }
}

function notTaken(place: Place, entry: SourceEntry, reason: FateReason): SkillArtifact {
  return { ...nameOnly(entry), facts: [factOf(place, entry.path, '')], notTaken: reason }
}

function readSkill(place: Place, entry: SourceEntry, root: string, files: SourceFiles): SkillArtifact {
  const found = walkFolder(entry.path, root, files)
  const main = mainFile(found.files)
  let frontMatter: SkillArtifact['frontMatter'] = []
  let keyFacts: readonly Fact[] = []
  let problem: ImportProblem | undefined = found.problems[0] && problemOf(found.problems[0])

  const tree = found.files.map((file) => {
    const { relativePath, path } = file
    // Rights of what is copied as it is are seen when it is copied.
    if (!isSkillFile(file.name)) return { relativePath, source: path, fact: factOf(place, path, '') }
    const base = { relativePath, mode: file.entry.mode }
    const read = files.readText(file.path, root)
    if (!read.ok) {
      if (file.relativePath === main) problem ??= problemOf(read.problem)
      return { ...base, source: file.path, fact: factOf(place, file.path, '') }
    }
    if (file.relativePath !== main) return { ...base, content: read.value.text, fact: factOf(place, file.path, '') }
    const document = documentFacts(place, file.path, read.value.text)
    frontMatter = document.frontMatter
    keyFacts = frontMatter.map((line) => line.fact)
    return { ...base, content: read.value.text, fact: document.bodyFact }
  })
  const leftOut = found.leftOut.map((left) => ({
    relativePath: left.relativePath,
    fact: factOf(place, left.path, ''),
    ...left.reason,
  }))
  const facts = [...keyFacts, ...tree.map((file) => file.fact), ...leftOut.map((left) => left.fact)]
  return {
    ...nameOnly(entry),
    // A skill that is an empty folder states that it is there, and nothing else.
    facts: facts.length > 0 ? facts : [factOf(place, entry.path, '')],
    files: tree,
    folders: found.folders,
    leftOut,
    frontMatter,
    ...(problem ? { problem } : {}),
  }
}

/** `SKILL.md` as it should be spelled, else the first other spelling, at the top of the skill. */
function mainFile(files: readonly { readonly relativePath: string }[]): string | undefined {
  const candidates = files.map((file) => file.relativePath).filter(isSkillFile)
  return candidates.find((name) => name === 'SKILL.md') ?? candidates[0]
}

function isSkillFile(name: string): boolean {
  return name.toLowerCase() === 'skill.md'
}

function problemOf(problem: Omit<ImportProblem, 'itemType'>): ImportProblem {
  return { ...problem, itemType: 'SKILLS' }
}
