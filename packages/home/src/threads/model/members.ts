import { isObject } from '../rollout/parse-line.js'

/** Members of a parsed line. Nothing in a rollout is trusted to be what it should be. */
export type Members = { readonly [member: string]: unknown }

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function members(value: unknown): Members {
  return isObject(value) ? value : {}
}

/** The strings of a list. */
export function texts(value: unknown): string[] {
  return list(value).filter((entry) => typeof entry === 'string')
}

/** `{secs, nanos}` in whole milliseconds, or null. */
export function durationMs(value: unknown): number | null {
  const { secs, nanos } = members(value)
  if (typeof secs !== 'number') return null
  return secs * 1000 + Math.floor((numberOrNull(nanos) ?? 0) / 1e6)
}

/** `unified_exec_startup` as `unifiedExecStartup`. */
export function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** A tagged name such as `other` or `{http_connection_failed: {…}}` with every key in camel case, values untouched. */
export function camelKeys(value: unknown): unknown {
  if (typeof value === 'string') return camelCase(value)
  if (!isObject(value)) return value ?? null
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [camelCase(key), isObject(entry) ? camelKeys(entry) : entry]),
  )
}

/** A path that may stand as a `file://` URL. */
export function plainPath(value: unknown): string {
  const path = text(value)
  if (!path.startsWith('file://')) return path
  try {
    const decoded = decodeURIComponent(path.slice('file://'.length))
    return /^\/[A-Za-z]:\//.test(decoded) ? decoded.slice(1) : decoded
  } catch {
    return path.slice('file://'.length)
  }
}
