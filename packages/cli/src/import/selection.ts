import { kindOf } from './kind-names.js'
import type { MigrationDetails, MigrationItem, MigrationItemType } from './wire.js'

/** Names of the single artifacts of an item that can be picked one by one; `[]` for settings and instructions. */
export function namesOf(item: MigrationItem): readonly string[] {
  return namedDetails(item).map((detail) => detail.name)
}

/** The item with only those of its artifacts that `names` holds. An item without names is given back as it is. */
export function withNames(item: MigrationItem, names: ReadonlySet<string>): MigrationItem {
  const key = kindOf(item.itemType).detail
  if (key === undefined || item.details === null || item.details === undefined) return item
  const details: MigrationDetails = {
    ...item.details,
    [key]: namedDetails(item).filter((detail) => names.has(detail.name)),
  }
  return { ...item, details }
}

/** How many things an item stands for: its names, else one. */
export function countOf(item: MigrationItem): number {
  if (item.itemType === 'PLUGINS') return item.details?.plugins?.length ?? 1
  if (item.itemType === 'SESSIONS') return item.details?.sessions?.length ?? 1
  return Math.max(1, namesOf(item).length)
}

/** Items of the wanted kinds, in their order; all when `kinds` is undefined. */
export function ofKinds(
  items: readonly MigrationItem[],
  kinds: ReadonlySet<MigrationItemType> | undefined,
): readonly MigrationItem[] {
  return kinds === undefined ? items : items.filter((item) => kinds.has(item.itemType))
}

interface NamedDetail {
  readonly name: string
}

function namedDetails(item: MigrationItem): readonly NamedDetail[] {
  const key = kindOf(item.itemType).detail
  return key === undefined ? [] : ((item.details?.[key] ?? []) as readonly NamedDetail[])
}
