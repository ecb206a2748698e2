import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** How long changes are gathered before they are told. Source: reference 0.169.0, its pace. */
const gatherMs = 200

/**
 * Watches a folder's own entries, or one file, there or not. Changes come gathered, each path once, sorted.
 *
 * A path that is not there is seen when it comes, as long as its folder is there.
 *
 * @returns what ends it, at once
 */
export function watchPath(path: string, onChange: (paths: readonly string[]) => void): () => void {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  const folder = isFolder ? path : dirname(path)
  const name = isFolder ? undefined : basename(path)
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function tell(): void {
    timer = undefined
    const paths = [...changed].sort()
    changed.clear()
    onChange(paths)
  }

  function note(entry: string | null): void {
    if (name !== undefined && entry !== null && entry !== name) return
    changed.add(name !== undefined || entry === null ? path : join(folder, entry))
    timer ??= setTimeout(tell, gatherMs).unref()
  }

  const watcher = open(folder, note)
  return () => {
    clearTimeout(timer)
    watcher?.close()
  }
}

function open(folder: string, note: (entry: string | null) => void): FSWatcher | undefined {
  try {
    // A watch that fails later, as when its folder goes, has nothing more to tell.
    return watch(folder, { persistent: false }, (_event, entry) => note(entry)).on('error', () => {})
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
