import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const entry = join(root, 'packages', 'cli', 'dist', 'gangway.js')

/**
 * Vitest's global set-up of the process tests: bundles the program when a source is newer than the bundle, so that they
 * never run a stale one. A failure is kept for the tests that need the program; the others do not care.
 */
export default async function buildProgram(): Promise<void> {
  if (!(await isStale())) return
  const failure = await bundle()
  if (failure !== undefined) process.env.GANGWAY_BUNDLE_FAILURE = failure
}

async function bundle(): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bundle-cli.js')], { cwd: root })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function isStale(): Promise<boolean> {
  const built = await stat(entry).catch(() => undefined)
  if (built === undefined) return true
  const packages = await readdir(join(root, 'packages'))
  const newest = await Promise.all([
    ...['bundle-cli.js', 'code-cache.js'].map((name) => modified(join(root, 'scripts', name))),
    ...packages.map((name) => newestBelow(join(root, 'packages', name, 'src'))),
  ])
  return Math.max(...newest) > built.mtimeMs
}

async function newestBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const times = await Promise.all(
    entries.filter((one) => one.isFile()).map((one) => modified(join(one.parentPath, one.name))),
  )
  return Math.max(0, ...times)
}

async function modified(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
}
