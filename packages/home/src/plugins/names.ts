import { PluginError } from './plugin-error.js'

// Names come from strangers and become folders. Source: reference 0.169.0, its messages.

/** Longer names are no names: some file systems end at 255 bytes. */
const maxLength = 128

/** @throws PluginError `unsafe` unless the name may be a folder and a key */
export function checkMarketplaceName(name: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(name) && name.length <= maxLength) return name
  throw new PluginError('unsafe', 'invalid marketplace name: only ASCII letters, digits, `_`, and `-` are allowed')
}

/** @throws PluginError `invalid` unless the name may be a folder and a key */
export function checkPluginName(name: string): string {
  if (isPluginName(name)) return name
  throw new PluginError('invalid', 'invalid plugin name: only ASCII letters, digits, `.`, `_`, and `-` are allowed')
}

export function isPluginName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name) && name.length <= maxLength
}

/** @throws PluginError `invalid` unless the version may be a folder */
export function checkPluginVersion(version: string): string {
  if (/^[A-Za-z0-9.+_-]+$/.test(version) && !/^\.+$/.test(version) && version.length <= maxLength) return version
  throw new PluginError(
    'invalid',
    'invalid plugin version: only ASCII letters, digits, `.`, `+`, `_`, and `-` are allowed',
  )
}

/** The parts of `plugin@marketplace`, or undefined when it is none. */
export function parsePluginId(id: string): { readonly plugin: string; readonly marketplace: string } | undefined {
  const at = id.lastIndexOf('@')
  const [plugin, marketplace] = [id.slice(0, Math.max(at, 0)), id.slice(at + 1)]
  const isName = isPluginName(plugin) && /^[A-Za-z0-9_-]+$/.test(marketplace) && marketplace.length <= maxLength
  return isName ? { plugin, marketplace } : undefined
}

const reserved = new Set(['openai-curated', 'openai-bundled', 'openai-api-curated', 'openai-curated-remote'])

/** Names that only the vendor's own catalogs have. Source: reference 0.169.0. */
export function isReservedMarketplace(name: string): boolean {
  return reserved.has(name)
}
