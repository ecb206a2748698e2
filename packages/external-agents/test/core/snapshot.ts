import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every path below a folder with its mode and what it holds, to compare two states. `{}` when the folder is not there. */
export function snapshot(root: string): { readonly [path: string]: string } {
  if (!existsSync(root)) return {}
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(root, path), described(path)]
    }),
  )
}

function described(path: string): string {
  const stats = lstatSync(path)
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`
  if (stats.isDirectory()) return 'folder'
  return `${(stats.mode & 0o777).toString(8)} ${readFileSync(path, 'latin1')}`
}
