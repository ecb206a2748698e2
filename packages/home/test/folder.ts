import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gangway-home-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a file and its folders; gives its path. */
export function write(path: string, content: string | Uint8Array, mode?: number): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, mode === undefined ? {} : { mode })
  return path
}

/** Everything below a folder: files with mode and content, links with their goal, folders. `gangway` itself is left out. */
export function treeOf(folder: string): { [path: string]: string } {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const described = entries.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1)
    if (entry.isSymbolicLink()) return [name, `-> ${readlinkSync(path)}`]
    if (entry.isDirectory()) return [name, 'folder']
    return [name, `${(statSync(path).mode & 0o7777).toString(8)} ${readFileSync(path, 'latin1')}`]
  })
  const isOurs = (name: string) => name.split('/').includes('gangway')
  return Object.fromEntries(described.filter(([name]) => !isOurs(name)).sort())
}
