import { join } from 'node:path'
import type { CommandArtifact, Place } from '../../artifact.js'
import type { FateReason } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { type UnlistedFolder, unlistedOf } from './artifact-problems.js'
import { mayHoldMarkdown, walkFolder } from './folder-walk.js'
import { documentFacts } from './front-matter-facts.js'

/**
 * `commands/**\/*.md` but no `README.md`, in byte order of their paths below the folder. For names the files are not
 * opened. Source: reference 0.169.0.
 */
export const commandsReader: Reader<CommandArtifact> = {
  itemType: 'COMMANDS',

  describe: (place) => commandsFolder(place),

  read(place, files, depth) {
    const root = readingRoot(place)
    const folder = commandsFolder(place)
    const found = walkFolder(folder, root, files, { takes: isMarkdown, reports: mayHoldMarkdown })
    const unlisted = unlistedOf(found, folder, 'COMMANDS')
    if (unlisted.whole) return { artifacts: [], problem: unlisted.whole, warnings: [] }
    const artifacts = found.files.map((file) => {
      if (file.name === 'README.md') return notTaken(place, file.path, file.relativePath, README)
      const base = empty(place, file.path, file.relativePath)
      return depth === 'names' ? base : readCommand(place, base, root, files)
    })
    const leftOut = found.leftOut.map((left) => notTaken(place, left.path, left.relativePath, left.reason))
    if (depth === 'names') {
      return { artifacts: [...artifacts, ...leftOut], warnings: unlisted.below.map(({ problem }) => problem) }
    }
    const unread = unlisted.below.map((below) => unreadFolder(place, below))
    return { artifacts: [...artifacts, ...leftOut, ...unread], warnings: [] }
  },
}

const README: FateReason = { code: 'readme', message: 'README.md describes the folder and is no command' }

function commandsFolder(place: Place): string {
  return join(place.configDir, 'commands')
}

function isMarkdown(name: string): boolean {
  return name.endsWith('.md')
}

function empty(place: Place, path: string, relativePath: string): CommandArtifact {
  const relativeName = relativePath.replace(/\.md$/, '')
  const bodyFact = factOf(place, path, 'body')
  return {
    itemType: 'COMMANDS',
    name: relativeName,
    path,
    facts: [],
    relativeName,
    frontMatter: [],
    body: '',
    bodyFact,
  }
}

function notTaken(place: Place, path: string, relativePath: string, reason: FateReason): CommandArtifact {
  return { ...empty(place, path, relativePath), name: relativePath, facts: [factOf(place, path, '')], notTaken: reason }
}

function unreadFolder(place: Place, { path, relativePath, problem }: UnlistedFolder): CommandArtifact {
  return { ...empty(place, path, relativePath), name: relativePath, facts: [factOf(place, path, '')], problem }
}

function readCommand(place: Place, base: CommandArtifact, root: string, files: SourceFiles): CommandArtifact {
  const read = files.readText(base.path, root)
  if (!read.ok) {
    return { ...base, facts: [factOf(place, base.path, '')], problem: { ...read.problem, itemType: 'COMMANDS' } }
  }
  return { ...base, ...documentFacts(place, base.path, read.value.text) }
}
