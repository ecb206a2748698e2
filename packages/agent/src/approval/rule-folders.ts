import { join } from 'node:path'
import type { HomeLayout } from '@gangway/home/layout'

/**
 * The folders whose rules hold in a place: that of the home, and `.codex/rules` of the projects around `cwd` that the person trusts.
 * Reads the configuration; where it cannot be read, only the home's.
 */
export async function ruleFolders(layout: HomeLayout, cwd: string): Promise<readonly string[]> {
  return [layout.rulesDir, ...(await trustedProjects(layout, cwd)).map((folder) => join(folder, 'rules'))]
}

async function trustedProjects(layout: HomeLayout, cwd: string): Promise<readonly string[]> {
  const { nestOverrides, readConfigLayers } = await import('@gangway/home/editing')
  try {
    const { layers } = readConfigLayers({ layout, cwd, overrides: nestOverrides({}) })
    return layers.flatMap(({ name, disabledReason }) =>
      name.type === 'project' && disabledReason === undefined ? [name.dotCodexFolder] : [],
    )
  } catch {
    // The turn itself says why the configuration cannot be read.
    return []
  }
}
