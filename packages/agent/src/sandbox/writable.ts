import { realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import type { SandboxRules } from './rules.js'

/** Whether `path`, with every link on its way followed, may be written. It need not exist. */
export async function isWritable(path: string, rules: SandboxRules): Promise<boolean> {
  if (rules.kind === 'open') return true
  const real = await realPathOf(path)
  const guarded = rules.writableRoots.flatMap((root) => root.protectedPaths)
  const taboos = [...guarded, ...(await Promise.all(guarded.map(realPathOf)))]
  if (taboos.some((taboo) => isWithin(real, taboo) || isWithin(path, taboo))) return false
  const roots = await Promise.all(rules.writableRoots.map((root) => realPathOf(root.path)))
  return roots.some((root) => isWithin(real, root))
}

/** Whether commands do not see `path`: then tools do not show it either. Links on its way are followed. */
export async function isHidden(path: string, rules: SandboxRules): Promise<boolean> {
  if (rules.kind === 'open') return false
  const real = await realPathOf(path)
  const hidden = await Promise.all(rules.hiddenPaths.map(realPathOf))
  return hidden.some((one) => isWithin(real, one))
}

/** The path behind all links, as far as it exists. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(await realPathOf(parent), basename(path))
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
