import { isAbsolute, join, resolve } from 'node:path'
import type { Place, Setting } from '../../artifact.js'
import type { Fact } from '../../fact.js'

/** A folder beside the project that the agent may work in. Relative ones are of the project, which only a repository knows. */
export function additionalDirectory(written: string, place: Place, fact: Fact): Setting {
  const path = written.replace(/^\/\//, '/')
  const type = 'additionalDirectory'
  if (path.includes('$') || path.includes('\0') || path.trim() === '') return { type, written, path: null, fact }
  if (path === '~' || path.startsWith('~/')) return { type, written, path: join(place.userHome, path.slice(1)), fact }
  if (isAbsolute(path)) return { type, written, path: resolve(path), fact }
  if (place.kind === 'home') return { type, written, path: null, fact }
  return { type, written, path: resolve(place.root, path), relative: path, fact }
}
