import type { Place } from './artifact.js'
import { loadYaml, yamlIsWanted } from './frontmatter.js'
import { Looks } from './looks.js'
import { bringsMemories } from './memory-feature.js'
import { type PlaceContext, placeKey, resolvePlace } from './place.js'
import { problemOf, warningOf } from './problems.js'
import { kinds, readerOf } from './registry.js'
import { detailsOf } from './selection.js'
import { SourceFilesOnDisk } from './source-files-disk.js'
import { SourceTextCache } from './source-text-cache.js'
import { targetOf } from './target.js'
import { TargetSide } from './target-view.js'
import type { ImportWarning, MigrationItem } from './wire.js'

/** Where to look. */
export interface DetectScope extends PlaceContext {
  readonly codexHome: string
  readonly includeHome: boolean
  /** Folders whose repositories count; two in one repository count once. One that is not there is a warning. */
  readonly cwds: readonly string[]
}

/** What was found at one or more places. */
export interface Detected {
  readonly items: readonly MigrationItem[]
  readonly warnings: readonly ImportWarning[]
}

/** How many places are remembered. A person has few; a server may be asked about many. */
const MAX_PLACES = 64

/**
 * Finds what could be brought over: the home first, then each repository in the given order, in each the kinds in the
 * reference's order. A file that cannot be read is a warning, and the rest is offered.
 *
 * Remembers what it found at a place, and finds it again by one look at each file and folder that had a part in it.
 */
export class Detector {
  readonly #known = new Map<string, { readonly found: Detected; readonly looks: Looks }>()

  /** @param cache of texts; shared with planning, so that a preview after a detect reads little */
  constructor(readonly cache = new SourceTextCache()) {}

  /** Reads the disk, writes nothing. Never fails for what a file holds. */
  async detect(scope: DetectScope): Promise<Detected> {
    const items: MigrationItem[] = []
    const warnings: ImportWarning[] = []
    const { places, missing } = placesOf(scope)
    for (const place of places) {
      const found = await this.#detectAt(place, scope)
      items.push(...found.items)
      warnings.push(...found.warnings)
    }
    warnings.push(...missing.map((path) => ({ path, message: `${path}: no such folder`, line: null, column: null })))
    return { items, warnings: withoutRepeats(warnings) }
  }

  async #detectAt(place: Place, scope: DetectScope): Promise<Detected> {
    const key = JSON.stringify([scope.source.id, place, scope.codexHome])
    const known = this.#known.get(key)
    if (known?.looks.holds()) return known.found

    let look = this.#look(place, scope)
    if (yamlIsWanted()) {
      await loadYaml()
      look = this.#look(place, scope)
    }
    this.#known.delete(key)
    if (look.isSettled) this.#known.set(key, look)
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size > MAX_PLACES) this.#known.delete(oldest)
    return look.found
  }

  #look(place: Place, scope: DetectScope): { found: Detected; looks: Looks; isSettled: boolean } {
    const startedMs = Date.now()
    const looks = new Looks()
    const found = detectAt(place, scope, new SourceFilesOnDisk(this.cache, looks), new TargetSide({ looks }))
    return { found, looks, isSettled: looks.settledBefore(startedMs) }
  }
}

function detectAt(place: Place, scope: DetectScope, files: SourceFilesOnDisk, side: TargetSide): Detected {
  const { source, codexHome } = scope
  const target = targetOf(place, codexHome)
  const items: MigrationItem[] = []
  const warnings: ImportWarning[] = []
  for (const kind of kinds) {
    const reader = readerOf(source, kind.itemType)
    if (!reader) continue
    if (kind.itemType === 'MEMORY' && !bringsMemories(target.configToml, side.viewFor('MEMORY'))) continue
    try {
      const read = reader.read(place, files, 'names')
      warnings.push(...[...(read.problem ? [read.problem] : []), ...read.warnings].map(warningOf))
      if (read.problem || read.artifacts.length === 0) continue
      const names = kind.offer(read.artifacts, target, side.viewFor(kind.itemType), source.words)
      if (names.length === 0) continue
      items.push({
        itemType: kind.itemType,
        description: kind.describe(reader.describe(place, files), target, names),
        cwd: place.cwd,
        details: detailsOf(kind.itemType, names),
      })
    } catch (error) {
      warnings.push(warningOf(problemOf(kind.itemType, error)))
    }
  }
  return { items, warnings: withoutRepeats(warnings) }
}

/** The home, then each repository once, echoed by its root; and the folders that are not there. */
function placesOf(scope: DetectScope): { readonly places: readonly Place[]; readonly missing: readonly string[] } {
  const places = new Map<string, Place>()
  const missing: string[] = []
  for (const cwd of [...(scope.includeHome ? [null] : []), ...scope.cwds.filter((given) => given !== '')]) {
    const place = resolvePlace(cwd, scope)
    if (!place && cwd !== null) missing.push(cwd)
    if (!place || places.has(placeKey(place))) continue
    places.set(placeKey(place), place.kind === 'repo' ? { ...place, cwd: place.root } : place)
  }
  return { places: [...places.values()], missing }
}

/** One file that several kinds, or several places, read is one warning. */
function withoutRepeats(warnings: readonly ImportWarning[]): ImportWarning[] {
  const seen = new Map<string, ImportWarning>()
  for (const warning of warnings) {
    const message = warning.message.replace(/^invalid hooks settings: /, '')
    const key = JSON.stringify({ ...warning, message })
    if (!seen.has(key)) seen.set(key, warning)
  }
  return [...seen.values()]
}
