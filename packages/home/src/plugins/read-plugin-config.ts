import { readIfThere } from '../files/digest.js'
import type { HomeLayout } from '../layout.js'
import { parseToml } from '../toml/parse.js'
import { type PluginConfig, pluginConfigOf } from './plugin-config.js'

/** What the person's config.toml says of marketplaces and plugins. Reads the disk. @throws TomlSyntaxError */
export function readPluginConfig({ configToml }: HomeLayout): PluginConfig {
  const text = readIfThere(configToml)?.toString('utf8')
  return pluginConfigOf(text === undefined ? undefined : parseToml(text, configToml))
}
