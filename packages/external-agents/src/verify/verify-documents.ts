import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readThreadHead } from '@gangway/home'
import { findConfigFault } from '@gangway/home/editing'
import { loadYaml, readFrontMatter, yamlIsWanted } from '../frontmatter.js'
import type { VerifyCheck } from '../wire.js'
import { broken, type VerifyKind, warning } from './check.js'
import { isExecutable } from './programs.js'
import { isThere, missing, readTable, readText, wordsOf } from './read-documents.js'

/** Source: reference 0.169.0, `project_doc_max_bytes`: what is longer is cut. */
const maxInstructionBytes = 32 * 1024

/** A configuration: that it parses, and holds what may stand there. */
export const verifyConfig: VerifyKind = async ({ path }) => {
  const document = readTable(path, 'toml')
  if (!('value' in document)) return document.checks
  const fault = findConfigFault(document.value)
  return fault === undefined
    ? []
    : [broken('invalid', `${path}: ${fault.trim()}`, 'correct the key that is named', path)]
}

/** A skill: its document and front matter, and that its scripts may be run. */
export const verifySkill: VerifyKind = async ({ path }) => {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : join(path, '..')
  const document = join(folder, 'SKILL.md')
  const text = readText(document)
  if (!('value' in text)) return text.checks
  let read = readFrontMatter(text.value)
  if (yamlIsWanted()) {
    await loadYaml()
    read = readFrontMatter(text.value)
  }
  if (read.problem !== undefined) {
    return [
      broken(
        'front-matter',
        `${document}: the front matter is no YAML: ${read.problem}`,
        'put the value in quotes',
        document,
      ),
    ]
  }
  const lacks = ['name', 'description'].filter((key) => {
    const value = read.entries.find((entry) => entry.key === key)?.value
    return typeof value !== 'string' || value.trim() === ''
  })
  const checks = lacks.map((key) =>
    broken('front-matter', `${document} has no ${key}`, `write a ${key} in its front matter`, document),
  )
  return [...checks, ...scriptsThatCannotRun(join(folder, 'scripts'))]
}

/** A subagent: that it parses, and has what it needs. */
export const verifySubagent: VerifyKind = async ({ path }) => {
  const document = readTable(path, 'toml')
  if (!('value' in document)) return document.checks
  return ['name', 'description', 'developer_instructions']
    .filter((key) => typeof document.value[key] !== 'string' || document.value[key] === '')
    .map((key) => broken('invalid', `${path} has no ${key}`, `write a ${key}`, path))
}

/** Instructions: that they can be read, and whole. */
export const verifyInstructions: VerifyKind = async ({ path }) => {
  const text = readText(path)
  if (!('value' in text)) return text.checks
  const bytes = Buffer.byteLength(text.value)
  if (bytes <= maxInstructionBytes) return []
  return [
    warning(
      'too-long',
      `${path} has ${bytes} bytes; a thread reads ${maxInstructionBytes}`,
      'shorten it, or raise project_doc_max_bytes',
      path,
    ),
  ]
}

/** A conversation: that its thread can be read. */
export const verifyThread: VerifyKind = async ({ path }) => {
  if (!isThere(path)) {
    return [warning('moved', `${path} is not there any more`, 'look among the archived threads', path)]
  }
  try {
    const head = readThreadHead(path)
    return head.preview === '' ? [warning('no-message', `${path} shows no message`, null, path)] : []
  } catch (error) {
    return [broken('unreadable', wordsOf(error), 'undo the import, and import the conversation again', path)]
  }
}

/** Anything else: that it is there. */
export const verifyPresence: VerifyKind = async ({ path }) => (isThere(path) ? [] : [missing(path)])

function scriptsThatCannotRun(folder: string): VerifyCheck[] {
  if (!isThere(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .filter((path) => !isExecutable(path) && readFileSync(path).subarray(0, 2).toString() === '#!')
    .map((path) => warning('script-not-executable', `${path} may not be run`, `chmod +x ${path}`, path))
}
