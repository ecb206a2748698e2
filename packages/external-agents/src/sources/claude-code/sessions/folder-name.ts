import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Folders that are listed for one name, so that a strange one does not walk the disk. */
const MOST_FOLDERS = 400

/**
 * The folder that Claude Code named a log's folder for: every character of its path that is neither letter nor digit has
 * become `-`. Looks at what folders there are, name by name; undefined when none or more than one fits.
 */
export function folderNamedBy(encoded: string): string | undefined {
  if (sep !== '/' || !encoded.startsWith('-')) return undefined
  const found: string[] = []
  let listed = 0
  const enter = (folder: string, rest: string): void => {
    if (rest === '') {
      found.push(folder)
      return
    }
    listed += 1
    if (listed > MOST_FOLDERS || found.length > 1) return
    for (const name of foldersIn(folder)) {
      const spelled = `-${name.replace(/[^a-zA-Z0-9]/g, '-')}`
      if (!rest.startsWith(spelled)) continue
      const after = rest.slice(spelled.length)
      if (after === '' || after.startsWith('-')) enter(join(folder, name), after)
    }
  }
  enter('/', encoded)
  return found.length === 1 ? found[0] : undefined
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name)
  } catch {
    return []
  }
}
