import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { InstructionsArtifact, Place } from '../../artifact.js'
import type { FateReason, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { reasonNotTaken } from '../reading/folder-walk.js'
import { readIncludes } from '../reading/instructions-includes.js'
import { type Rule, readRules } from './rules.js'

/**
 * `.cursorrules`, then the rules that hold always or for some files. Those that hold for one folder only go with that
 * folder. Rules that wait until they are asked for are skills: see `skills.ts`. Source: reference 0.169.0 for
 * `.cursorrules`; it reads no rule.
 */
export const instructionsReader: Reader<InstructionsArtifact> = {
  itemType: 'AGENTS_MD',

  describe(place, files) {
    const legacy = legacyPath(place)
    const read = place.kind === 'repo' ? files.readText(legacy, place.root) : undefined
    return read?.ok && read.value.text.trim() !== '' ? legacy : join(place.configDir, 'rules')
  },

  read(place, files, depth) {
    const legacy = place.kind === 'repo' ? readLegacy(place, files) : undefined
    const found = readRules(place, files, depth)
    const artifacts = [
      ...(legacy ? [legacy] : []),
      ...found.rules.filter(({ use }) => use === 'always' || use === 'globs').map((rule) => ofRule(place, rule, files)),
      ...found.notTaken.map(({ path, relativePath, reason }) => ({
        ...unread(place, path, relativePath),
        notTaken: reason,
      })),
      ...found.problems.map(({ path, relativePath, problem }) => ({ ...unread(place, path, relativePath), problem })),
    ]
    return { artifacts, warnings: depth === 'names' ? problemsOf(artifacts) : [] }
  },
}

function legacyPath(place: Place): string {
  return join(place.root, '.cursorrules')
}

const BLANK: FateReason = { code: 'blank', message: 'the document holds no text' }

function readLegacy(place: Place, files: SourceFiles): InstructionsArtifact | undefined {
  const path = legacyPath(place)
  const root = readingRoot(place)
  const read = files.readText(path, root)
  const none: InstructionsArtifact = { ...unread(place, path, ''), name: '.cursorrules', role: 'main' }
  if (!read.ok) {
    if (read.missing || read.problem.subErrorType === 'not_a_file') return undefined
    if (read.problem.subErrorType === 'outside_root')
      return { ...none, notTaken: reasonNotTaken({ type: 'outside', path })! }
    return { ...none, problem: { ...read.problem, itemType: 'AGENTS_MD' } }
  }
  const { text } = read.value
  if (text.trim() === '') return { ...none, notTaken: BLANK }
  const includes = readIncludes(place, path, text, root, files, { from: place.root })
  return { ...none, text, includes, facts: [none.bodyFact, ...includes.map(({ fact }) => fact)] }
}

function ofRule(place: Place, rule: Rule, files: SourceFiles): InstructionsArtifact {
  const root = readingRoot(place)
  const from = place.kind === 'repo' ? place.root : place.configDir
  const includes = readIncludes(place, rule.path, rule.text, root, files, { from })
    .filter(({ index }) => index >= rule.bodyOffset)
    .map((include) => ({ ...include, index: include.index - rule.bodyOffset }))
  const narrow = rule.use === 'globs' ? folderOf(place, rule) : { folder: rule.folder, paths: [] }
  const keyOf = (key: string) => rule.frontMatter.find((entry) => entry.key === key)
  // `alwaysApply` is what having no paths, or some, says; globs of one folder say what that folder says.
  const heeded = [
    ...[keyOf('alwaysApply')].flatMap((entry) => (entry ? [entry.fact] : [])),
    ...[keyOf('globs')].flatMap((entry) => (entry && narrow.paths.length === 0 ? [entry.fact] : [])),
  ]
  return {
    ...unread(place, rule.path, rule.folder === '' ? rule.relativePath : `${rule.folder}/${rule.relativePath}`),
    facts: [...rule.facts, ...includes.map(({ fact }) => fact)],
    folder: narrow.folder,
    paths: narrow.paths,
    text: rule.body,
    heeded,
    includes,
  }
}

/** Where globs of a rule hold: in a folder as a whole, when they all say so and it is there; else for what they match. */
function folderOf(place: Place, { globs, folder }: Rule): { folder: string; paths: readonly string[] } {
  const found = globs.map((glob) => /^(?:\.\/)?((?:[^*?[\]{}!]+\/)*[^*?[\]{}!/]+)\/\*\*(?:\/\*)?$/.exec(glob)?.[1])
  const [first] = found
  if (place.kind !== 'repo' || first === undefined || found.some((one) => one !== first))
    return { folder, paths: globs }
  const below = folder === '' ? first : `${folder}/${first}`
  return !below.split('/').includes('..') && isFolder(join(place.root, below))
    ? { folder: below, paths: [] }
    : { folder, paths: globs }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function unread(place: Place, path: string, relativePath: string): InstructionsArtifact {
  const bodyFact = factOf(place, path, 'body')
  return {
    itemType: 'AGENTS_MD',
    name: `rules/${relativePath}`,
    path,
    facts: [bodyFact],
    role: 'rule',
    folder: '',
    paths: [],
    text: '',
    bodyFact,
    includes: [],
  }
}

function problemsOf(artifacts: readonly InstructionsArtifact[]): readonly ImportProblem[] {
  return artifacts.flatMap((artifact) => (artifact.problem ? [artifact.problem] : []))
}
