import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '@gangway/protocol'

/** What AGENTS.md files say. */
export interface Instructions {
  /** Absolute, in the order in which they are told. */
  readonly sources: readonly string[]
  /** Empty where no file says anything. */
  readonly text: string
}

/** Source: reference 0.169.0. */
const defaultMaxBytes = 32 * 1024
const separator = '\n\n--- project-doc ---\n\n'

/**
 * The person's own AGENTS.md (or AGENTS.override.md) of the home, then one of each folder from the root of the project down
 * to `cwd`. Reads the disk; what cannot be read is left out. No more than `project_doc_max_bytes` of the project's files.
 */
export function readInstructions(codexHome: string, cwd: string, config: Config): Instructions {
  const sources: string[] = []
  const own = firstText(codexHome, ['AGENTS.override.md', 'AGENTS.md'], sources)
  let left = typeof config.project_doc_max_bytes === 'number' ? config.project_doc_max_bytes : defaultMaxBytes
  const fallbacks = Array.isArray(config.project_doc_fallback_filenames) ? config.project_doc_fallback_filenames : []
  const names = ['AGENTS.override.md', 'AGENTS.md', ...fallbacks.filter((name) => typeof name === 'string')]
  const project: string[] = []
  for (const folder of chain(cwd, config)) {
    if (left <= 0) break
    const text = firstText(folder, names, sources)
    if (text === '') continue
    const bytes = Buffer.from(text)
    project.push(bytes.length > left ? bytes.subarray(0, left).toString('utf8') : text)
    left -= bytes.length
  }
  const text = [own, project.join('\n\n')].filter((part) => part !== '').join(separator)
  return { sources, text }
}

/** The first of the files that is there and says something. */
function firstText(folder: string, names: readonly string[], sources: string[]): string {
  for (const name of names) {
    const path = join(folder, name)
    try {
      if (!statSync(path).isFile()) continue
      const text = readFileSync(path, 'utf8').trim()
      if (text === '') continue
      sources.push(path)
      return text
    } catch {
      // Not there, or not for us.
    }
  }
  return ''
}

/** The folders from the project's root down to `cwd`; `cwd` alone where there is no project. */
function chain(cwd: string, config: Config): string[] {
  const markers = Array.isArray(config.project_root_markers) ? config.project_root_markers.map(String) : ['.git']
  const folders = [cwd]
  for (let at = cwd; ; at = dirname(at)) {
    if (markers.some((marker) => existsSync(join(at, marker)))) return folders.reverse()
    if (dirname(at) === at) return [cwd]
    folders.push(dirname(at))
  }
}
