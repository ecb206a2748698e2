import { join } from 'node:path'
import type { InstructionsArtifact, Place } from '../../artifact.js'
import type { FateReason, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import { readFrontMatter } from '../../frontmatter.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { problemsOf } from '../reading/artifact-problems.js'
import { mayHoldMarkdown, reasonNotTaken, walkFolder } from '../reading/folder-walk.js'
import { documentFacts } from '../reading/front-matter-facts.js'
import { readIncludes } from '../reading/instructions-includes.js'
import { firstWithText, rootDocuments } from './instructions-documents.js'
import { nestedDocuments } from './instructions-nested.js'

/**
 * The root document first, then its second spelling, the personal one, rules in byte order of their paths, and documents
 * of sub-folders. Nothing is read less for names: whether there is something to offer depends on the text.
 * Source: reference 0.169.0 for which root document comes first; it reads no other.
 */
export const instructionsReader: Reader<InstructionsArtifact> = {
  itemType: 'AGENTS_MD',

  describe: (place, files) => firstWithText(place, files) ?? rootDocuments(place)[0]!,

  read(place, files, depth) {
    const root = readingRoot(place)
    const warnings: ImportProblem[] = []
    const artifacts: InstructionsArtifact[] = []
    const main = firstWithText(place, files)
    for (const path of rootDocuments(place)) {
      const document = readDocument(place, path, path === main || !main ? 'main' : 'second', '', root, files)
      if (document) artifacts.push(document)
    }
    if (place.kind === 'repo') {
      const local = readDocument(place, join(place.root, 'CLAUDE.local.md'), 'local', '', root, files)
      if (local) artifacts.push(local)
    }
    artifacts.sort((a, b) => Number(a.role !== 'main') - Number(b.role !== 'main'))
    artifacts.push(...readRules(place, root, files))
    if (place.kind === 'repo') {
      for (const found of nestedDocuments(place, files, depth, warnings)) {
        const role = found.name === 'CLAUDE.local.md' ? 'local' : 'nested'
        const document = readDocument(place, found.path, role, found.folder, root, files)
        if (document) artifacts.push(document)
      }
    }
    if (depth === 'names') warnings.push(...linksLeftOut(artifacts), ...problemsOf(artifacts))
    return { artifacts, warnings }
  },
}

/** One document as an artifact; undefined when there is no such file. */
function readDocument(
  place: Place,
  path: string,
  role: InstructionsArtifact['role'],
  folder: string,
  root: string,
  files: SourceFiles,
): InstructionsArtifact | undefined {
  const read = files.readText(path, root)
  if (!read.ok) {
    if (read.missing || read.problem.subErrorType === 'not_a_file') return undefined
    const unread = unreadable(place, path, role, folder)
    const reason = LINKS[read.problem.subErrorType]
    if (reason) return { ...unread, notTaken: reasonNotTaken({ type: reason, path })! }
    return { ...unread, problem: { ...read.problem, itemType: 'AGENTS_MD' } }
  }
  const text = read.value.text
  if (text.trim() === '') return notTaken(place, path, role, folder, BLANK)
  const bodyFact = factOf(place, path, 'body')
  const includes = role === 'local' ? [] : readIncludes(place, path, text, root, files)
  const facts = [bodyFact, ...includes.map((include) => include.fact)]
  return {
    itemType: 'AGENTS_MD',
    name: nameOf(place, path),
    path,
    facts,
    role,
    folder,
    paths: [],
    text,
    bodyFact,
    includes,
  }
}

function readRules(place: Place, root: string, files: SourceFiles): InstructionsArtifact[] {
  const folder = join(place.configDir, 'rules')
  const found = walkFolder(folder, root, files, { takes: (name) => name.endsWith('.md'), reports: mayHoldMarkdown })
  const rules = found.files.map((file) => readRule(place, file.path, file.relativePath, root, files))
  const leftOut = found.leftOut.map((left) => notTaken(place, left.path, 'rule', '', left.reason))
  const unlisted = found.problems.map((problem) => ({
    ...unreadable(place, problem.source ?? folder, 'rule', ''),
    problem: { ...problem, itemType: 'AGENTS_MD' as const },
  }))
  return [...rules, ...leftOut, ...unlisted]
}

function readRule(
  place: Place,
  path: string,
  relativePath: string,
  root: string,
  files: SourceFiles,
): InstructionsArtifact {
  const document = readDocument(place, path, 'rule', '', root, files)
  if (!document) return notTaken(place, path, 'rule', '', BLANK)
  const name = `rules/${relativePath}`
  if (document.problem || document.notTaken) return { ...document, name }
  const { frontMatter, bodyFact } = documentFacts(place, path, document.text)
  const { body, bodyOffset } = readFrontMatter(document.text)
  const includes = document.includes
    .filter((include) => include.index >= bodyOffset)
    .map((include) => ({ ...include, index: include.index - bodyOffset }))
  const paths = frontMatter
    .filter((line) => line.key === 'paths' || line.key === 'globs')
    .flatMap((line) => globsOf(line.value))
  const facts = [...frontMatter.map((line) => line.fact), bodyFact, ...includes.map((include) => include.fact)]
  const rule = { ...document, name, facts, paths, text: body, bodyFact, includes }
  return body.trim() === '' ? { ...rule, notTaken: BLANK } : rule
}

/** Globs as people write them: a list, or one line with commas outside braces. */
function globsOf(value: unknown): string[] {
  const written = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(/,(?![^{]*\})/)
      : []
  return written.map((glob) => glob.trim()).filter((glob) => glob !== '')
}

/** Problems of reading that mean a link which is not followed. */
const LINKS: { readonly [subErrorType: string]: 'outside' | 'loop' | 'broken' } = {
  outside_root: 'outside',
  link_loop: 'loop',
  broken_link: 'broken',
}

const BLANK: FateReason = { code: 'blank', message: 'the document holds no text' }

function notTaken(
  place: Place,
  path: string,
  role: InstructionsArtifact['role'],
  folder: string,
  reason: FateReason,
): InstructionsArtifact {
  return { ...unreadable(place, path, role, folder), notTaken: reason }
}

function unreadable(
  place: Place,
  path: string,
  role: InstructionsArtifact['role'],
  folder: string,
): InstructionsArtifact {
  const bodyFact = factOf(place, path, 'body')
  const name = nameOf(place, path)
  return {
    itemType: 'AGENTS_MD',
    name,
    path,
    facts: [bodyFact],
    role,
    folder,
    paths: [],
    text: '',
    bodyFact,
    includes: [],
  }
}

function nameOf(place: Place, path: string): string {
  return factOf(place, path, '')
    .id.replace(/#$/, '')
    .replace(/^home:/, '')
    .replace(`${place.root}:`, '')
}

/** Instructions behind a link that leaves the root are worth a word already when looking. */
function linksLeftOut(artifacts: readonly InstructionsArtifact[]): ImportProblem[] {
  return artifacts
    .filter((artifact) => artifact.notTaken?.code.startsWith('link-'))
    .map((artifact) => ({
      itemType: 'AGENTS_MD',
      errorType: 'external_agent_config_import_error',
      subErrorType: artifact.notTaken!.code.replaceAll('-', '_'),
      failureStage: 'import_request_failed',
      message: artifact.notTaken!.message,
      source: artifact.path,
    }))
}
