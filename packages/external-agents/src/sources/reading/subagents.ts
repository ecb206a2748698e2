import { join } from 'node:path'
import type { Place, SubagentArtifact } from '../../artifact.js'
import type { FateReason } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { problemsOf, type UnlistedFolder, unlistedOf } from './artifact-problems.js'
import { mayHoldMarkdown, walkFolder } from './folder-walk.js'
import { documentFacts } from './front-matter-facts.js'

/**
 * `agents/**\/*.md` but no `README.md`, in byte order of their paths below the folder. They are opened for names too:
 * an agent is offered by the name its front matter gives. Source: reference 0.169.0, which reads the top folder only.
 */
export const subagentsReader: Reader<SubagentArtifact> = {
  itemType: 'SUBAGENTS',

  describe: (place) => agentsFolder(place),

  read(place, files, depth) {
    const root = readingRoot(place)
    const folder = agentsFolder(place)
    const found = walkFolder(folder, root, files, { takes: isMarkdown, reports: mayHoldMarkdown })
    const unlisted = unlistedOf(found, folder, 'SUBAGENTS')
    if (unlisted.whole) return { artifacts: [], problem: unlisted.whole, warnings: [] }
    const artifacts = found.files.map((file) =>
      file.name === 'README.md'
        ? notTaken(place, file.path, file.relativePath, README)
        : readAgent(place, file.path, file.relativePath, root, files),
    )
    const leftOut = found.leftOut.map((left) => notTaken(place, left.path, left.relativePath, left.reason))
    if (depth === 'names') {
      const warnings = [...unlisted.below.map(({ problem }) => problem), ...problemsOf(artifacts)]
      return { artifacts: [...artifacts, ...leftOut], warnings }
    }
    const unread = unlisted.below.map((below) => unreadFolder(place, below))
    return { artifacts: [...artifacts, ...leftOut, ...unread], warnings: [] }
  },
}

const README: FateReason = { code: 'readme', message: 'README.md describes the folder and is no agent' }
const NO_FRONT_MATTER: FateReason = {
  code: 'no-front-matter',
  message: 'a file without front matter defines no agent: it has neither name nor description',
}

function agentsFolder(place: Place): string {
  return join(place.configDir, 'agents')
}

function isMarkdown(name: string): boolean {
  return name.endsWith('.md')
}

function empty(place: Place, path: string, relativePath: string): SubagentArtifact {
  const parts = relativePath.replace(/\.md$/, '').split('/')
  const stem = parts.pop()!
  return {
    itemType: 'SUBAGENTS',
    name: relativePath,
    path,
    facts: [],
    stem,
    folder: parts.join('/'),
    frontMatter: [],
    body: '',
    bodyFact: factOf(place, path, 'body'),
  }
}

function notTaken(place: Place, path: string, relativePath: string, reason: FateReason): SubagentArtifact {
  return { ...empty(place, path, relativePath), facts: [factOf(place, path, '')], notTaken: reason }
}

function unreadFolder(place: Place, { path, relativePath, problem }: UnlistedFolder): SubagentArtifact {
  return { ...empty(place, path, relativePath), facts: [factOf(place, path, '')], problem }
}

function readAgent(
  place: Place,
  path: string,
  relativePath: string,
  root: string,
  files: SourceFiles,
): SubagentArtifact {
  const base = empty(place, path, relativePath)
  const read = files.readText(path, root)
  if (!read.ok)
    return { ...base, facts: [factOf(place, path, '')], problem: { ...read.problem, itemType: 'SUBAGENTS' } }
  const document = documentFacts(place, path, read.value.text)
  const agent = { ...base, ...document }
  return document.frontMatter.length > 0 ? agent : { ...agent, notTaken: NO_FRONT_MATTER }
}
