import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folders that are looked at beside the home folder when none is named: the current one, and none when the
 * repository it belongs to is the home folder itself, which is looked at anyway and is no project.
 */
export function defaultFolders(cwd: string, userHome: string): readonly string[] {
  return realPath(repositoryRoot(cwd) ?? cwd) === realPath(userHome) ? [] : [cwd]
}

function repositoryRoot(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : repositoryRoot(parent)
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
