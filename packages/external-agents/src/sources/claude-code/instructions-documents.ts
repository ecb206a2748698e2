import { join } from 'node:path'
import type { Place } from '../../artifact.js'
import { readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'

/** Where a root document may stand, the preferred place first. Source: reference 0.169.0. */
export function rootDocuments(place: Place): readonly string[] {
  const inner = join(place.configDir, 'CLAUDE.md')
  return place.kind === 'home' ? [inner] : [join(place.root, 'CLAUDE.md'), inner]
}

/** The first root document that holds more than blanks. */
export function firstWithText(place: Place, files: SourceFiles): string | undefined {
  const root = readingRoot(place)
  return rootDocuments(place).find((path) => {
    const read = files.readText(path, root)
    return read.ok && read.value.text.trim() !== ''
  })
}
