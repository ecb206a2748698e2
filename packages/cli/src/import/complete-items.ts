import { isAbsolute, relative } from 'node:path'
import type { Scope } from '../session/import-session.js'
import { kindOf } from './kind-names.js'
import { namesOf } from './selection.js'
import type { MigrationItem, MigrationItemType } from './wire.js'

/**
 * The items to plan for what was picked, so that the account leaves nothing out.
 *
 * Detect offers only what can be brought over. An item that was picked whole is asked for without a selection: then the
 * plan also names what is in it and cannot come. When everything was picked, the kinds that were not offered are asked
 * for too, in every place: there is nothing to bring over from them, but what they say is accounted for.
 *
 * @param kinds what the person limits the import to; undefined: all
 */
export function completeItems(
  picked: readonly MigrationItem[],
  offered: readonly MigrationItem[],
  scope: Scope,
  kinds: ReadonlySet<MigrationItemType> | undefined,
): readonly MigrationItem[] {
  const whole = picked.map((item) => (isWhole(item, offered) ? { ...item, details: null } : item))
  const tookAll = picked.length === offered.length && picked.every((item) => isWhole(item, offered) || !hasNames(item))
  if (!tookAll) return whole
  const wanted = accountedKinds.filter((itemType) => kinds === undefined || kinds.has(itemType))
  const missing = placesOf(offered, scope).flatMap((cwd) =>
    wanted
      .filter((itemType) => !offered.some((item) => item.itemType === itemType && placeOf(item) === cwd))
      .map((itemType) => ({ itemType, description: kindOf(itemType).label, cwd, details: null })),
  )
  return [...whole, ...missing]
}

/** Kinds that every place is asked for, in detect's order. The others are nothing without a selection. */
const accountedKinds: readonly MigrationItemType[] = [
  'CONFIG',
  'MCP_SERVER_CONFIG',
  'HOOKS',
  'SKILLS',
  'COMMANDS',
  'SUBAGENTS',
  'AGENTS_MD',
]

function hasNames(item: MigrationItem): boolean {
  return kindOf(item.itemType).detail !== undefined
}

/** Whether a picked item still has every name that was offered. */
function isWhole(item: MigrationItem, offered: readonly MigrationItem[]): boolean {
  if (!hasNames(item)) return false
  const original = offered.find((one) => one.itemType === item.itemType && placeOf(one) === placeOf(item))
  return original !== undefined && namesOf(original).length === namesOf(item).length
}

function placeOf(item: MigrationItem): string | null {
  return item.cwd === undefined || item.cwd === '' ? null : item.cwd
}

/** Home, the repositories that something was offered from, and the asked-for folders that lie in none of them. */
function placesOf(offered: readonly MigrationItem[], scope: Scope): readonly (string | null)[] {
  const roots = new Set(offered.map(placeOf).filter((cwd) => cwd !== null))
  const others = scope.cwds.filter((cwd) => ![...roots].some((root) => isInside(cwd, root)))
  return [...(scope.includeHome ? [null] : []), ...roots, ...new Set(others)]
}

function isInside(path: string, root: string): boolean {
  const below = relative(root, path)
  return !below.startsWith('..') && !isAbsolute(below)
}
