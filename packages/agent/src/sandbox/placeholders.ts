import { lstatSync, rmdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { SandboxRules } from './rules.js'

/** How many commands run whose sandbox needs the folder. */
const held = new Map<string, number>()

/**
 * Notes which protected folders are not there, before a command runs: its sandbox makes them, empty, to have something
 * that it can protect.
 *
 * @returns what takes them away again, once no command needs them
 */
export function holdPlaceholders(rules: SandboxRules): () => void {
  const taboos = rules.kind === 'open' ? [] : rules.writableRoots.flatMap((root) => root.protectedPaths)
  const paths = taboos.filter((path) => held.has(path) || isPlaceholder(path))
  for (const path of paths) held.set(path, (held.get(path) ?? 0) + 1)
  let isReleased = false
  return () => {
    if (isReleased) return
    isReleased = true
    for (const path of paths) {
      const count = (held.get(path) ?? 1) - 1
      if (count > 0) held.set(path, count)
      else remove(path)
    }
  }
}

/** Whether an agent would read the folder, were it made. A repository that is made is nobody's way out. */
export function isPlaceholder(path: string): boolean {
  return basename(path) !== '.git' && exists(dirname(path)) && !exists(path)
}

function remove(path: string): void {
  held.delete(path)
  try {
    rmdirSync(path)
  } catch {
    // It was never made, or somebody outside has put something into it.
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}
