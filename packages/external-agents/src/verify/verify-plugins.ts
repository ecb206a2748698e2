import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeLayout } from '@gangway/home'
import { fetchedMarketplace, pluginConfigOf, readPlugin } from '@gangway/home/plugins'
import { isTable } from '../merge-patch.js'
import type { VerifyCheck } from '../wire.js'
import { broken, type VerifyContext, type VerifyKind, type VerifyTarget, warning } from './check.js'
import { environmentWith, findProgram } from './programs.js'
import { isThere, missing, readTable, wordsOf } from './read-documents.js'

/**
 * A plugin: its files and manifest, that it is switched on, that its marketplace is there, and that the programs of its servers
 * are. Nothing of it is started.
 */
export const verifyPlugin: VerifyKind = async (target, context) => {
  if (!isThere(target.path)) return [missing(target.path)]
  const [version] = readdirSync(target.path).filter((name) => !name.startsWith('.'))
  if (version === undefined) return [missing(join(target.path, 'local'))]
  const folder = join(target.path, version)
  return [...manifestChecks(target, folder), ...configChecks(target), ...serverChecks(folder, context)]
}

function manifestChecks({ name }: VerifyTarget, folder: string): readonly VerifyCheck[] {
  try {
    readPlugin(name.slice(0, name.lastIndexOf('@')), folder)
    return []
  } catch (error) {
    return [broken('invalid', `${folder}: ${wordsOf(error)}`, 'uninstall the plugin, and install it again', folder)]
  }
}

/** The home is four folders up: `plugins/cache/<marketplace>/<plugin>`. Source: reference 0.169.0. */
function configChecks({ name, path }: VerifyTarget): readonly VerifyCheck[] {
  const layout = homeLayout(dirname(dirname(dirname(dirname(path)))))
  const document = readTable(layout.configToml, 'toml')
  if (!('value' in document)) return document.checks
  const { plugins, marketplaces } = pluginConfigOf(document.value)
  const file = layout.configToml
  const plugin = plugins.get(name)
  if (!plugin) return [broken('missing', `${file} has no plugins."${name}"`, 'install it again', file)]
  const marketplace = name.slice(name.lastIndexOf('@') + 1)
  const source = marketplaces.get(marketplace)
  const folder = source?.type === 'local' ? source.path : fetchedMarketplace(layout, marketplace)
  const isOff = plugin.enabled
    ? []
    : [warning('switched-off', `${name} is switched off`, `set plugins."${name}".enabled = true`, file)]
  if (source && isThere(folder)) return isOff
  const message = `the marketplace ${marketplace} is not there any more: ${name} works, and is never renewed`
  return [...isOff, warning('marketplace-gone', message, 'add the marketplace again, or uninstall the plugin', folder)]
}

function serverChecks(folder: string, { env }: VerifyContext): readonly VerifyCheck[] {
  const path = join(folder, '.mcp.json')
  if (!isThere(path)) return []
  const document = readTable(path, 'json')
  if (!('value' in document)) return document.checks
  const servers = isTable(document.value.mcpServers) ? document.value.mcpServers : document.value
  return Object.entries(servers).flatMap(([name, server]) => {
    if (!isTable(server) || typeof server.command !== 'string' || server.command.includes('$')) return []
    if (findProgram(server.command, environmentWith(env, server.env), folder) !== undefined) return []
    const message = `its server ${name} wants a program ${server.command}, which is not on PATH`
    return [broken('command-missing', message, `install ${server.command}`, path)]
  })
}
