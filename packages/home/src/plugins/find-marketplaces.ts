import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HomeLayout } from '../layout.js'
import { type Marketplace, marketplaceManifests, readMarketplaceFile } from './marketplace-manifest.js'
import { fetchedMarketplace } from './plugin-paths.js'
import { readPluginConfig } from './read-plugin-config.js'

/** Where to look. */
export interface MarketplaceScope {
  /** The person's home directory, which may have a marketplace of its own. Absolute. */
  readonly userHome: string
  /** Folders whose repositories may have one. Absolute. */
  readonly cwds: readonly string[]
}

/** Everything that was found. */
export interface FoundMarketplaces {
  readonly marketplaces: readonly Marketplace[]
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Every marketplace there is: the person's own first, then by path those that were added and those of repositories. One that
 * cannot be read is an error of its own. Reads the disk. Source: reference 0.169.0.
 */
export function findMarketplaces(layout: HomeLayout, { userHome, cwds }: MarketplaceScope): FoundMarketplaces {
  const configured = [...readPluginConfig(layout).marketplaces].map(([name, source]) =>
    source.type === 'local' ? source.path : fetchedMarketplace(layout, name),
  )
  const roots = new Set([...configured, ...cwds.flatMap((cwd) => repositoryOf(cwd) ?? [])])
  roots.delete(userHome)
  const marketplaces: Marketplace[] = []
  const errors: { path: string; message: string }[] = []
  for (const path of [userHome, ...[...roots].sort()].flatMap((root) => manifestIn(root) ?? [])) {
    try {
      marketplaces.push(readMarketplaceFile(path))
    } catch (error) {
      errors.push({ path, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { marketplaces, errors }
}

function manifestIn(root: string): string | undefined {
  return marketplaceManifests.map((manifest) => join(root, manifest)).find((path) => existsSync(path))
}

function repositoryOf(cwd: string): string | undefined {
  for (let step = cwd; ; step = dirname(step)) {
    if (existsSync(join(step, '.git'))) return step
    if (step === dirname(step)) return undefined
  }
}
