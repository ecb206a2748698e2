import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { type CommandExecParams, RpcError, rpcCodes } from '@gangway/protocol'
import { agent } from '../handlers/agent.js'
import { invalidRequest } from '../refusals.js'

type Policy = NonNullable<CommandExecParams['sandboxPolicy']>

/** What a command is to be held to, and where. */
export interface Confinement {
  readonly policy: Policy
  /** Absolute. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  readonly codexHome: string
  readonly hasTerminal: boolean
}

/** A command line with its walls. */
export interface Confined {
  readonly argv: readonly string[]
  /** To be called when the command is over, or was never started: takes away what only its walls needed. */
  release(): void
}

/**
 * The command that runs `argv` within its policy, by the same walls as a model's commands. The first call looks for them by
 * running a command in them.
 *
 * @throws RpcError where the program is not there, and where this machine has nothing to confine it with
 */
export async function confined(argv: readonly string[], confinement: Confinement): Promise<Confined> {
  const { policy, cwd, env, codexHome, hasTerminal } = confinement
  const { findSandbox, holdPlaceholders, sandboxRules } = await agent()
  const rules = sandboxRules({ sandboxPolicy: policy, cwd, workspaceRoots: [] }, { env, codexHome })
  if (rules.kind === 'open') return { argv, release: () => {} }
  const sandbox = findSandbox()
  if (sandbox.kind === 'none') {
    throw invalidRequest('command/exec: no sandbox on this machine; send sandboxPolicy {"type":"dangerFullAccess"}')
  }
  // The sandbox would start, and only then fail to find it.
  if (!hasProgram(argv[0] ?? '', cwd, env)) {
    throw new RpcError(rpcCodes.internalError, 'failed to spawn command: No such file or directory (os error 2)')
  }
  const release = holdPlaceholders(rules)
  try {
    return { argv: sandbox.wrap({ argv, cwd, rules, hasTerminal }), release }
  } catch (error) {
    release()
    throw error
  }
}

function hasProgram(program: string, cwd: string, env: Confinement['env']): boolean {
  const folders = program.includes('/') ? [cwd] : (env.PATH ?? '').split(delimiter)
  return folders
    .map((folder) => (isAbsolute(program) ? program : join(folder, program)))
    .some((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
