import { readFileSync, statSync } from 'node:fs'
import type { Change } from '@gangway/home'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import { signatureOf } from './looks.js'
import { sha256 } from './sha256.js'
import { TargetSide } from './target-view.js'

/** Rights and digests of files by path, kept as long as their times and size stay. */
export class FileDigests {
  readonly #known = new Map<string, { readonly signature: string; readonly digest: string }>()

  /** Permission bits (octal) and SHA-256 (hex) of the file; `missing` when it cannot be read. Reads the disk. */
  of(path: string): string {
    try {
      const stats = statSync(path)
      const signature = signatureOf(stats)
      const known = this.#known.get(path)
      if (known?.signature === signature) return known.digest
      const digest = `${(stats.mode & 0o777).toString(8)}:${sha256(readFileSync(path))}`
      this.#known.set(path, { signature, digest })
      return digest
    } catch {
      return 'missing'
    }
  }
}

/**
 * What a plan will do, as one SHA-256 (hex): the same plan over the same files gives the same digest, and any difference in
 * what would be written, or in the files it would be written into, another one. Reads the disk.
 */
export function planDigest(plan: ImportPlan, files: FileDigests): string {
  const changes = plan.items.flatMap(changesOf)
  const touched = new Set(changes.filter(({ type }) => type !== 'copyTree').map(({ path }) => path))
  const whole = {
    items: plan.items.map((item) => described(item, files)),
    there: new TargetSide().digestsOnDisk([...touched].sort()),
  }
  // Plans are made the same way each time, so the order of their keys is fixed.
  return sha256(JSON.stringify(whole, plainJson))
}

/** What JSON has no form for: whole numbers beyond 2^53 and bytes. */
function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  return value instanceof Uint8Array ? sha256(value) : value
}

function described(planned: PlannedItem, files: FileDigests): unknown {
  const { item, artifacts, problems, impossible } = planned
  return {
    itemType: item.itemType,
    cwd: item.cwd ?? null,
    problems,
    impossible,
    artifacts: artifacts.map(({ outcome, fates, ...artifact }) => ({
      ...artifact,
      outcome: outcome.type === 'change' ? outcome.changes.map((change) => content(change, files)) : outcome,
      fates: fates.map(({ fact, ...fate }) => ({ id: fact.id, ...fate })),
    })),
  }
}

/** A change with what the files that it copies hold. */
function content(change: Change, files: FileDigests): unknown {
  if (change.type !== 'copyTree') return change
  const copied = change.files.map(({ source, ...file }) => ({
    ...file,
    ...(source ? { bytes: files.of(source) } : {}),
  }))
  return { ...change, files: copied }
}

function changesOf({ artifacts, impossible }: PlannedItem): readonly Change[] {
  if (impossible) return []
  return artifacts.flatMap(({ outcome }) => (outcome.type === 'change' ? outcome.changes : []))
}
