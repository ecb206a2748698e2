import type { Table } from '../changes/change.js'
import { isTable, newTable } from '../data/table.js'
import type { ConfigLayer, ConfigLayerMetadata } from './layer.js'

/** Which layer gives each value, by dotted path; entries of lists are numbered. @param layers those that count, strongest first */
export function originsOf(layers: readonly ConfigLayer[]): { [key: string]: ConfigLayerMetadata } {
  const origins = newTable() as { [key: string]: ConfigLayerMetadata }
  collect(
    layers.map((layer) => ({ layer, value: layer.config })),
    [],
    origins,
  )
  return origins
}

interface Candidate {
  readonly layer: ConfigLayer
  readonly value: unknown
}

function collect(
  candidates: readonly Candidate[],
  path: readonly string[],
  origins: { [key: string]: ConfigLayerMetadata },
): void {
  const [strongest] = candidates
  if (!strongest) return
  if (!isTable(strongest.value)) {
    for (const leaf of leavesOf(strongest.value, path)) {
      origins[leaf.join('.')] = { name: strongest.layer.name, version: strongest.layer.version }
    }
    return
  }
  // A value that is no table hides every weaker layer.
  const firstOther = candidates.findIndex(({ value }) => !isTable(value))
  const tables = firstOther < 0 ? candidates : candidates.slice(0, firstOther)
  for (const key of new Set(tables.flatMap(({ value }) => Object.keys(value as Table)))) {
    const below = tables.flatMap(({ layer, value }) => {
      const member = (value as Table)[key]
      return member === undefined ? [] : [{ layer, value: member }]
    })
    collect(below, [...path, key], origins)
  }
}

function leavesOf(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesOf(entry, [...path, String(index)]))
  if (isTable(value)) return Object.keys(value).flatMap((key) => leavesOf(value[key], [...path, key]))
  return [path]
}
