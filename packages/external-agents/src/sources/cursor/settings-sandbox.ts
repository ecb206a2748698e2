import type { Place, Setting } from '../../artifact.js'
import { additionalDirectory } from '../reading/additional-directory.js'
import { isTable, type JsonTable } from '../reading/json-table.js'
import type { FactAt } from './settings-files.js'

/** What Cursor's `sandbox.json` says, one setting for each statement. Source: Cursor's documentation. */
export function sandboxFileSettings(table: JsonTable, place: Place, factAt: FactAt): readonly Setting[] {
  return Object.entries(table).flatMap(([key, value]): readonly Setting[] => {
    const at: FactAt = (...parts) => factAt(key, ...parts)
    const name = `sandbox.${key}`
    switch (key) {
      case 'type':
        return [kindOfSandbox(value, at)]
      case 'additionalReadwritePaths':
        if (!Array.isArray(value)) return [{ type: 'other', key: name, value, fact: at() }]
        return value.map((path, index) =>
          typeof path === 'string'
            ? additionalDirectory(path, place, at(index))
            : { type: 'other', key: name, value: path, fact: at(index) },
        )
      case 'disableTmpWrite':
        return [{ type: value === true ? 'restriction' : 'other', key: name, value, fact: at() }]
      case 'networkPolicy':
        return isTable(value) ? network(value, at) : [{ type: 'restriction', key: name, value, fact: at() }]
      default:
        return [{ type: 'other', key: name, value, fact: at() }]
    }
  })
}

function kindOfSandbox(value: unknown, factAt: FactAt): Setting {
  const fact = factAt()
  switch (value) {
    case 'workspace_readwrite':
      return { type: 'sandbox', enabled: true, fact }
    case 'workspace_readonly':
    case 'read_only':
      return { type: 'permissionMode', mode: 'read-only', written: `sandbox type ${value}`, fact }
    case 'insecure_none':
      return { type: 'sandbox', enabled: false, fact }
    default:
      return { type: 'restriction', key: 'sandbox.type', value, fact }
  }
}

function network(policy: JsonTable, factAt: FactAt): readonly Setting[] {
  return Object.entries(policy).flatMap(([key, value]): readonly Setting[] => {
    const name = `sandbox.networkPolicy.${key}`
    if (key === 'default' && (value === 'allow' || value === 'deny')) {
      return [{ type: 'network', effect: value, host: '*', fact: factAt(key) }]
    }
    if ((key === 'allow' || key === 'deny') && Array.isArray(value)) {
      return value.map((host, index) => ({
        type: 'network',
        effect: key,
        host: String(host),
        fact: factAt(key, index),
      }))
    }
    return [{ type: 'other', key: name, value, fact: factAt(key) }]
  })
}
