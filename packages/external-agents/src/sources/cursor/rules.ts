import { dirname, join } from 'node:path'
import type { FrontMatterEntry, Place } from '../../artifact.js'
import type { Fact, FateReason, ImportProblem } from '../../fact.js'
import { readingRoot } from '../../fact-of.js'
import { readFrontMatter } from '../../frontmatter.js'
import type { SourceFiles } from '../../source-files.js'
import { mayHoldMarkdown, walkFolder } from '../reading/folder-walk.js'
import { documentFacts } from '../reading/front-matter-facts.js'

/** When Cursor heeds a rule: always, for files that match, when the model finds that it fits, or when it is asked for. */
type RuleUse = 'always' | 'globs' | 'described' | 'asked'

/** A file of a rules folder. */
export interface Rule {
  readonly path: string
  /** Below its rules folder, `/` between parts. */
  readonly relativePath: string
  /** Folder of the repository that its rules folder stands in, relative to the root; `''` for the root or a home. */
  readonly folder: string
  readonly use: RuleUse
  readonly globs: readonly string[]
  readonly description: string
  readonly frontMatter: readonly FrontMatterEntry[]
  readonly text: string
  /** The text without front matter, and where it starts. */
  readonly body: string
  readonly bodyOffset: number
  readonly bodyFact: Fact
  readonly facts: readonly Fact[]
}

/** What was found of rules at a place, in byte order of the paths, those of the root first. */
export interface FoundRules {
  readonly rules: readonly Rule[]
  /** Blank, or a link that is not followed. */
  readonly notTaken: readonly { readonly path: string; readonly relativePath: string; readonly reason: FateReason }[]
  readonly problems: readonly {
    readonly path: string
    readonly relativePath: string
    readonly problem: ImportProblem
  }[]
}

const RULES = /^(.*?)\/?\.cursor\/rules\/(.+)$/

/** Folders that hold other people's files, or nothing written by hand. */
const NOT_ENTERED = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'venv',
  'target',
  'dist',
  'build',
  'coverage',
])

/** How far a repository is searched for rules folders of its sub-folders. */
const LIMITS = {
  names: { maxDepth: 6, maxEntries: 10_000 },
  full: { maxDepth: 12, maxEntries: 100_000 },
}

/** The rules of a home, or of a repository with those of its sub-folders. Reads the disk; links are followed inside the root. */
export function readRules(place: Place, files: SourceFiles, depth: 'names' | 'full'): FoundRules {
  const found = { rules: [] as Rule[], notTaken: [] as NotTaken[], problems: [] as Unread[] }
  readFolder(place, join(place.configDir, 'rules'), '', files, found)
  if (place.kind === 'repo') {
    for (const folder of nestedFolders(place, files, depth)) {
      readFolder(place, join(place.root, folder, '.cursor', 'rules'), folder, files, found)
    }
  }
  return found
}

type NotTaken = FoundRules['notTaken'][number]
type Unread = FoundRules['problems'][number]

/** Folders below the root, relative to it, that have rules of their own. */
function nestedFolders(place: Place, files: SourceFiles, depth: 'names' | 'full'): readonly string[] {
  const walk = walkFolder(place.root, place.root, files, {
    ...LIMITS[depth],
    enters: ({ name, viaLink }) =>
      !viaLink && (name === '.cursor' || (!name.startsWith('.') && !NOT_ENTERED.has(name))),
    isForeign: (entries) => entries.some((entry) => entry.name === '.git'),
    takes: isRule,
  })
  const folders = walk.files.map(({ relativePath }) => RULES.exec(relativePath)?.[1] ?? '')
  return [...new Set(folders)].filter((folder) => folder !== '' && !folder.split('/').includes('.cursor'))
}

function readFolder(
  place: Place,
  folder: string,
  below: string,
  files: SourceFiles,
  found: { rules: Rule[]; notTaken: NotTaken[]; problems: Unread[] },
): void {
  const root = readingRoot(place)
  const walk = walkFolder(folder, root, files, {
    takes: isRule,
    reports: (name) => isRule(name) || mayHoldMarkdown(name),
  })
  const named = (relativePath: string) => (below === '' ? relativePath : `${below}/${relativePath}`)
  for (const file of walk.files) {
    const read = files.readText(file.path, root)
    const at = { path: file.path, relativePath: named(file.relativePath) }
    if (!read.ok) found.problems.push({ ...at, problem: { ...read.problem, itemType: 'AGENTS_MD' } })
    else if (readFrontMatter(read.value.text).body.trim() === '') found.notTaken.push({ ...at, reason: BLANK })
    else found.rules.push(ruleOf(place, file.path, file.relativePath, below, read.value.text))
  }
  found.notTaken.push(
    ...walk.leftOut.map(({ path, relativePath, reason }) => ({ path, relativePath: named(relativePath), reason })),
  )
  for (const problem of walk.problems) {
    const path = problem.source ?? folder
    found.problems.push({
      path,
      relativePath: named(path.slice(dirname(folder).length + 1)),
      problem: { ...problem, itemType: 'AGENTS_MD' },
    })
  }
}

const BLANK: FateReason = { code: 'blank', message: 'the rule holds no text' }

function isRule(name: string): boolean {
  return name.endsWith('.mdc') || name.endsWith('.md')
}

function ruleOf(place: Place, path: string, relativePath: string, folder: string, text: string): Rule {
  const { frontMatter, bodyFact, facts } = documentFacts(place, path, text)
  const { body, bodyOffset } = readFrontMatter(text)
  const keyed = (key: string) => frontMatter.find((entry) => entry.key === key)?.value
  const globs = globsOf(keyed('globs'))
  const given = keyed('description')
  const description = typeof given === 'string' ? given.trim() : ''
  const isAlways = String(keyed('alwaysApply') ?? '').toLowerCase() === 'true'
  const use = isAlways ? 'always' : globs.length > 0 ? 'globs' : description === '' ? 'asked' : 'described'
  return { path, relativePath, folder, use, globs, description, frontMatter, text, body, bodyOffset, bodyFact, facts }
}

/** Globs as people write them: a list, or one line with commas outside braces. */
function globsOf(value: unknown): string[] {
  const written = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.replace(/^\[|\]$/g, '').split(/,(?![^{]*\})/)
      : []
  return written.map((glob) => glob.trim().replace(/^["']|["']$/g, '')).filter((glob) => glob !== '')
}
