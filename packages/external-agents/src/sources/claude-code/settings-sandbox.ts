import type { PermissionSubject, Place, Setting } from '../../artifact.js'
import type { Fact } from '../../fact.js'
import { additionalDirectory } from '../reading/additional-directory.js'
import { isTable, stringsOf } from '../reading/json-table.js'
import { permissionSubject } from './settings-permissions.js'

/** How a statement below a key becomes a fact. */
export type FactAt = (...parts: readonly (string | number)[]) => Fact

/** What `sandbox` of the settings says, one setting for each leaf. `factAt` counts from the sandbox table. */
export function sandboxSettings(value: unknown, place: Place, factAt: FactAt): readonly Setting[] {
  if (!isTable(value)) return [{ type: 'other', key: 'sandbox', value, fact: factAt() }]
  return Object.entries(value).flatMap(([key, member]): readonly Setting[] => {
    if (key === 'enabled' && typeof member === 'boolean') {
      return [{ type: 'sandbox', enabled: member, fact: factAt(key) }]
    }
    if (key === 'network' && isTable(member)) return networkSettings(member, (...parts) => factAt(key, ...parts))
    if (key === 'filesystem' && isTable(member)) {
      return filesystemSettings(member, place, (...parts) => factAt(key, ...parts))
    }
    const name = `sandbox.${key}`
    if (NARROWING[key]?.(member)) return [{ type: 'restriction', key: name, value: member, fact: factAt(key) }]
    return [{ type: 'other', key: name, value: member, fact: factAt(key) }]
  })
}

const NARROWING: { readonly [key: string]: ((value: unknown) => boolean) | undefined } = {
  allowUnsandboxedCommands: (value) => value === false,
  failIfUnavailable: (value) => value === true,
  autoAllowBashIfSandboxed: (value) => value === false,
}

function networkSettings(network: { readonly [key: string]: unknown }, factAt: FactAt): readonly Setting[] {
  return Object.entries(network).flatMap(([key, member]): readonly Setting[] => {
    const effect = key === 'allowedDomains' ? 'allow' : key === 'deniedDomains' ? 'deny' : undefined
    if (effect === undefined || !Array.isArray(member)) {
      const narrows = key === 'allowManagedDomainsOnly' && member === true
      return [
        { type: narrows ? 'restriction' : 'other', key: `sandbox.network.${key}`, value: member, fact: factAt(key) },
      ]
    }
    return member.map((host, index) => ({ type: 'network', effect, host: String(host), fact: factAt(key, index) }))
  })
}

function filesystemSettings(
  filesystem: { readonly [key: string]: unknown },
  place: Place,
  factAt: FactAt,
): readonly Setting[] {
  return Object.entries(filesystem).flatMap(([key, member]): readonly Setting[] => {
    const paths = stringsOf(member)
    if (!Array.isArray(member) || paths.length !== member.length) {
      return [{ type: 'restriction', key: `sandbox.filesystem.${key}`, value: member, fact: factAt(key) }]
    }
    switch (key) {
      case 'allowWrite':
        return paths.map((path, index) => additionalDirectory(path, place, factAt(key, index)))
      case 'denyRead':
      case 'denyWrite':
        return paths.map((path, index) => ({
          type: 'permission',
          effect: 'deny',
          subject: sandboxPath(key === 'denyRead' ? 'Read' : 'Edit', path, place),
          written: `sandbox.filesystem.${key}: ${path}`,
          fact: factAt(key, index),
        }))
      default:
        return [{ type: 'other', key: `sandbox.filesystem.${key}`, value: member, fact: factAt(key) }]
    }
  })
}

/** Sandbox paths start at the root of the disk where permission rules want two slashes. */
function sandboxPath(tool: 'Read' | 'Edit', path: string, place: Place): PermissionSubject {
  return permissionSubject(`${tool}(${/^\/[^/]/.test(path) ? `/${path}` : path})`, place)
}
