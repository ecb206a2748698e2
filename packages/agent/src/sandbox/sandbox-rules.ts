import { join, resolve } from 'node:path'
import type { ThreadSettings } from '../thread-settings.js'

/** A folder that may be written, but for some paths below it. All absolute. */
export interface WritableRoot {
  readonly path: string
  readonly protectedPaths: readonly string[]
}

/** What a command may do. Everything can be read. */
export type SandboxRules =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'restricted'
      readonly writableRoots: readonly WritableRoot[]
      readonly network: boolean
      /** Folders that a command does not see at all: sockets by which it would get out. */
      readonly hiddenPaths: readonly string[]
    }

/** What decides beside the settings. */
export interface SandboxSurroundings {
  readonly env: { readonly [name: string]: string | undefined }
  readonly codexHome: string
}

/** Below a writable root, what tells tools and agents what to run is not to be written. Source: reference 0.169.0. */
const protectedNames = ['.git', '.codex', '.agents']

/** The rules that settings mean. Touches no disk. */
export function sandboxRules(
  settings: Pick<ThreadSettings, 'sandboxPolicy' | 'workspaceRoots' | 'cwd'>,
  { env, codexHome }: SandboxSurroundings,
): SandboxRules {
  const policy = settings.sandboxPolicy
  const hiddenPaths = [join(codexHome, 'app-server-control')]
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
        writableRoots: [...paths].map((path) => ({
          path,
          protectedPaths: protectedNames.map((name) => join(path, name)),
        })),
        network: policy.networkAccess ?? false,
        hiddenPaths,
      }
    }
    default:
      return policy satisfies never
  }
}
