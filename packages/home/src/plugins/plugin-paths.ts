import { join } from 'node:path'
import type { HomeLayout } from '../layout.js'

// Source: reference 0.169.0, its home.

/** Where a marketplace stands that was fetched. The name is checked. */
export function fetchedMarketplace({ root }: HomeLayout, name: string): string {
  return join(root, '.tmp', 'marketplaces', name)
}

/** The folder of an installed plugin, with one folder in it that is called as its version. The names are checked. */
export function pluginFolder({ root }: HomeLayout, marketplace: string, plugin: string): string {
  return join(root, 'plugins', 'cache', marketplace, plugin)
}

/** Where repositories are fetched to, before anything of them is taken. */
export function stagingFolder({ gangwayDir }: HomeLayout): string {
  return join(gangwayDir, 'fetched')
}

/** What a fetched marketplace says of where it is from, in its own folder. */
export const marketplaceRecord = '.codex-marketplace-install.json'
