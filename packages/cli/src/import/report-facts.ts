import { sep } from 'node:path'
import type { AccountFact, MigrationItemType, Preview, PreviewArtifact, PreviewItem } from './wire.js'

/**
 * Gives each fact of a plan to the artifact of its type and name that it most likely belongs to. Facts that no artifact
 * has the type and name of are left out.
 */
export function factsByArtifact(preview: Preview): ReadonlyMap<PreviewArtifact, readonly AccountFact[]> {
  const byName = new Map<string, Owner[]>()
  for (const item of preview.items) {
    for (const artifact of item.artifacts) {
      append(byName, nameKey(item.itemType, artifact.name), { item, artifact })
    }
  }
  const found = new Map<PreviewArtifact, AccountFact[]>()
  for (const fact of preview.account.facts) {
    const candidates = byName.get(nameKey(fact.itemType, fact.name)) ?? []
    const [best] = [...candidates].sort((a, b) => closeness(fact, b) - closeness(fact, a))
    if (best !== undefined) append(found, best.artifact, fact)
  }
  return found
}

interface Owner {
  readonly item: PreviewItem
  readonly artifact: PreviewArtifact
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

function nameKey(itemType: MigrationItemType, name: string | null): string {
  return JSON.stringify([itemType, name])
}

/** In its own file or folder first, then in its repository, the inner one before the outer; then at home. */
function closeness(fact: AccountFact, { item, artifact }: Owner): number {
  if (isWithin(fact.file, artifact.sourcePath)) return Number.MAX_SAFE_INTEGER
  if (item.cwd === null) return 0
  return isWithin(fact.file, item.cwd) ? item.cwd.length : -1
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}
