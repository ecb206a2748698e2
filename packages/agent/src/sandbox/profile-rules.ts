import { join, resolve, sep } from 'node:path'
import type { ProfileRules, ThreadSettings } from '../thread-settings.js'
import { protectedIn } from './protected-paths.js'
import type { SandboxRules } from './rules.js'

/**
 * The rules that a permission profile means, for a thread's folders. What is written about twice goes by the later entry; what may be
 * read or not even that, below something that may be written, is taken out of it. Touches no disk.
 */
export function profiledRules(
  profile: ProfileRules,
  settings: Pick<ThreadSettings, 'workspaceRoots' | 'cwd'>,
  env: { readonly [name: string]: string | undefined },
  hiddenPaths: readonly string[],
): SandboxRules {
  const access = new Map<string, 'write' | 'read' | 'none'>()
  for (const entry of profile.entries) {
    for (const path of placesOf(entry.path, settings, env)) {
      access.delete(path)
      access.set(path, entry.access)
    }
  }
  const places = [...access]
  const of = (wanted: string) => places.filter(([, kind]) => kind === wanted).map(([path]) => path)
  const [written, taboo, hidden] = [of('write'), of('read'), of('none')]
  return {
    kind: 'restricted',
    writableRoots: written.map((path) => ({
      path,
      protectedPaths: [...protectedIn(path), ...[...taboo, ...hidden].filter((one) => isBelow(one, path))],
    })),
    network: profile.network,
    hiddenPaths: [...hiddenPaths, ...hidden],
  }
}

/** Absolute paths; none where this machine has no such place. */
function placesOf(
  path: string,
  settings: Pick<ThreadSettings, 'workspaceRoots' | 'cwd'>,
  env: { readonly [name: string]: string | undefined },
): readonly string[] {
  const [place = '', ...rest] = path.split('/')
  const below = rest.join('/')
  switch (place) {
    case ':root':
      return [resolve('/', below)]
    case ':workspace_roots':
      return [...new Set([settings.cwd, ...settings.workspaceRoots])].map((root) =>
        join(resolve(settings.cwd, root), below),
      )
    case ':slash_tmp':
      return [join('/tmp', below)]
    case ':tmpdir':
      return env['TMPDIR'] ? [join(env['TMPDIR'], below)] : []
    case '~':
      return env['HOME'] ? [join(env['HOME'], below)] : []
    default:
      return place === '' ? [resolve(path)] : []
  }
}

function isBelow(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
