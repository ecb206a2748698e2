import { join, resolve } from 'node:path'
import type { ThreadSettings } from '../thread-settings.js'
import { profiledRules } from './profile-rules.js'
import { protectedIn } from './protected-paths.js'
import type { SandboxRules } from './rules.js'

/** What decides beside the settings. */
export interface SandboxSurroundings {
  readonly env: { readonly [name: string]: string | undefined }
  readonly codexHome: string
}

/** The rules that settings mean. Touches no disk. */
export function sandboxRules(
  settings: Pick<ThreadSettings, 'sandboxPolicy' | 'workspaceRoots' | 'cwd' | 'profileRules'>,
  { env, codexHome }: SandboxSurroundings,
): SandboxRules {
  const policy = settings.sandboxPolicy
  const hiddenPaths = [join(codexHome, 'app-server-control')]
  if (settings.profileRules) return profiledRules(settings.profileRules, settings, env, hiddenPaths)
  switch (policy.type) {
    case 'dangerFullAccess':
    case 'externalSandbox':
      return { kind: 'open' }
    case 'readOnly':
      return { kind: 'restricted', writableRoots: [], network: policy.networkAccess ?? false, hiddenPaths }
    case 'workspaceWrite': {
      const temporary = [
        ...(policy.excludeSlashTmp ? [] : ['/tmp']),
        ...(policy.excludeTmpdirEnvVar || !env['TMPDIR'] ? [] : [env['TMPDIR']]),
      ]
      const roots = [settings.cwd, ...settings.workspaceRoots, ...(policy.writableRoots ?? [])]
      const paths = new Set([...roots, ...temporary].map((path) => resolve(settings.cwd, path)))
      return {
        kind: 'restricted',
        writableRoots: [...paths].map((path) => ({ path, protectedPaths: protectedIn(path) })),
        network: policy.networkAccess ?? false,
        hiddenPaths,
      }
    }
    default:
      return policy satisfies never
  }
}
