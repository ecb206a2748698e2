import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { type CommandExecParams, RpcError, rpcCodes } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'

type Policy = NonNullable<CommandExecParams['sandboxPolicy']>

/** What a command is to be held to, and where. */
export interface Confinement {
  readonly policy: Policy
  /** Absolute. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
}

/** Below a folder that may be written, what says what is run is not to be written. Source: reference 0.169.0. */
const protectedNames = ['.git', '.codex', '.agents']

/**
 * The command that runs `argv` within its policy. Looks for programs on the disk, and runs nothing.
 *
 * @throws RpcError where the program is not there, and where this machine has nothing to confine it with
 */
export function confined(argv: readonly string[], confinement: Confinement): readonly string[] {
  const { policy, cwd, env } = confinement
  if (policy.type === 'dangerFullAccess' || policy.type === 'externalSandbox') return argv
  const bubblewrap = programIn('bwrap', cwd, env)
  if (process.platform !== 'linux' || bubblewrap === undefined) {
    throw invalidRequest('command/exec: no sandbox on this machine; send sandboxPolicy {"type":"dangerFullAccess"}')
  }
  // The sandbox would start, and only then fail to find it.
  if (programIn(argv[0] ?? '', cwd, env) === undefined) {
    throw new RpcError(rpcCodes.internalError, 'failed to spawn command: No such file or directory (os error 2)')
  }
  const network = policy.networkAccess === true ? [] : ['--unshare-net']
  const view = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc']
  return [
    ...[bubblewrap, '--new-session', '--die-with-parent', '--unshare-user', '--unshare-pid', ...network],
    ...[...view, ...writable(policy, cwd, env), '--chdir', cwd, '--', ...argv],
  ]
}

function writable(policy: Policy, cwd: string, env: Confinement['env']): readonly string[] {
  if (policy.type !== 'workspaceWrite') return []
  const temporary = [
    ...(policy.excludeSlashTmp === true ? [] : ['/tmp']),
    ...(policy.excludeTmpdirEnvVar === true || !env.TMPDIR ? [] : [env.TMPDIR]),
  ]
  const roots = [...temporary, cwd, ...(policy.writableRoots ?? [])].map((root) => resolve(cwd, root))
  return [...new Set(roots)].filter(existsSync).flatMap((root) => [
    ...['--bind', root, root],
    ...protectedNames
      .map((name) => join(root, name))
      .filter(existsSync)
      .flatMap((path) => ['--ro-bind', path, path]),
  ])
}

function programIn(program: string, cwd: string, env: Confinement['env']): string | undefined {
  const folders = program.includes('/') ? [cwd] : (env.PATH ?? '').split(delimiter)
  return folders
    .map((folder) => (isAbsolute(program) ? program : join(folder, program)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
