import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Folders that are listed for one name, so that a strange one does not walk the disk. */
const MOST_FOLDERS = 400

/** How Claude Code spells a part of a path: every character that is neither letter nor digit has become `-`. */
function eachDashed(name: string): string {
  return name.replace(/[^a-zA-Z0-9]/g, '-')
}

/**
 * The folder that a log's folder is named for, which starts with `-` for the root. Looks at what folders there are, name by
 * name; undefined when none or more than one fits.
 *
 * @param spelled how a part of a path is spelled in such a name
 */
export function folderNamedBy(encoded: string, spelled = eachDashed): string | undefined {
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
      const part = `-${spelled(name)}`
      if (!rest.startsWith(part)) continue
      const after = rest.slice(part.length)
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
