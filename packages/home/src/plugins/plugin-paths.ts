import { join } from 'node:path'
import type { HomeLayout } from '../layout.js'

// Source: reference 0.169.0, its home.

/** Where the marketplaces stand that were fetched. */
export function marketplacesFolder({ root }: HomeLayout): string {
  return join(root, '.tmp', 'marketplaces')
}

/** Where a marketplace stands that was fetched. The name is checked. */
export function fetchedMarketplace(layout: HomeLayout, name: string): string {
  return join(marketplacesFolder(layout), name)
}

/** The folder of an installed plugin, with one folder in it that is called as its version. The names are checked. */
export function pluginFolder({ root }: HomeLayout, marketplace: string, plugin: string): string {
  return join(root, 'plugins', 'cache', marketplace, plugin)
}

/** Where repositories are fetched to, before anything of them is taken. */
export function stagingFolder(layout: HomeLayout): string {
  return join(marketplacesFolder(layout), '.staging')
}

/** What a fetched marketplace says of where it is from, in its own folder. */
export const marketplaceRecord = '.codex-marketplace-install.json'
