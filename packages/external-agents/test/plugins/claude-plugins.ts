import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TreeNode } from '../core/temp-tree.js'

/** The files of a marketplace with three plugins, of which one has no files. */
export function marketplace(root: string, name: string): { readonly [path: string]: TreeNode } {
  const plugins = ['alpha', 'beta', 'gone'].map((plugin) => ({ name: plugin, source: `./plugins/${plugin}` }))
  return {
    [`${root}/.claude-plugin/marketplace.json`]: JSON.stringify({ name, owner: { name: 'x' }, plugins }),
    [`${root}/plugins/alpha/.claude-plugin/plugin.json`]: JSON.stringify({ name: 'alpha', version: '1.2.3' }),
    [`${root}/plugins/alpha/commands/x.md`]: '---\ndescription: x in Claude\n---\nDo $ARGUMENTS in Claude\n',
    [`${root}/plugins/alpha/skills/s/SKILL.md`]: '---\nname: s\ndescription: d\n---\nUse Claude\n',
    [`${root}/plugins/beta/.claude-plugin/plugin.json`]: JSON.stringify({ name: 'beta' }),
  }
}

/** Settings of a home that uses plugins from marketplaces; `known` are those that the agent has noted itself. */
export function settings(
  enabled: { readonly [id: string]: unknown },
  known: { readonly [name: string]: unknown },
  extra: { readonly [name: string]: unknown } = {},
): { readonly [path: string]: TreeNode } {
  const said = { enabledPlugins: enabled, extraKnownMarketplaces: extra }
  return {
    'home/.claude/settings.json': JSON.stringify(said),
    'home/.claude/plugins/known_marketplaces.json': JSON.stringify(known),
  }
}

export const inFolder = (path: string) => ({ source: { source: 'directory', path } })
export const inRepository = (url: string) => ({ source: { source: 'git', url } })

export function configOf(codexHome: string): string {
  return readFileSync(join(codexHome, 'config.toml'), 'utf8')
}
