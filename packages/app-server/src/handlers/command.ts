import { resolve } from 'node:path'
import type { CommandExecParams } from '@gangway/protocol'
import { ClientProcesses } from '../commands/client-processes.js'
import { type Confined, confined } from '../commands/confined.js'
import { resizeTerminal, writeInput } from '../commands/input.js'
import { type OutputPiece, OutputTap } from '../commands/output-tap.js'
import { DEFAULT_CAP_BYTES, environmentWith, start, terminalOf, timeoutOf } from '../commands/start.js'
import type { Handlers, RequestContext, ServerContext } from '../handler.js'
import { invalidParams, invalidRequest } from '../refusals.js'
import { agent } from './agent.js'
import { readConfig } from './config-view.js'

/** How long a command may take unless the client says otherwise; its exit code is 124 then. Source: reference 0.169.0. */
const timeoutMs = 10_000
const TIMED_OUT = 124

type Policy = NonNullable<CommandExecParams['sandboxPolicy']>

/** What each built-in permission profile, and each sandbox mode, allows. */
const policies: Readonly<Record<string, Policy>> = {
  ':read-only': { type: 'readOnly' },
  ':workspace': { type: 'workspaceWrite' },
  ':danger-full-access': { type: 'dangerFullAccess' },
  'read-only': { type: 'readOnly' },
  'workspace-write': { type: 'workspaceWrite' },
  'danger-full-access': { type: 'dangerFullAccess' },
}

/** Commands that a client runs to their end, within a sandbox. Source: reference 0.169.0, refusals and exit codes. */
export function commandHandlers(server: ServerContext): Handlers {
  const processes = new ClientProcesses({
    missing: 'no active command/exec for process id',
    duplicate: 'duplicate active command/exec process id',
  })

  return {
    'command/exec': (params, client) => run(server, processes, params, client),

    async 'command/exec/write'(params, client) {
      await writeInput('command/exec/write', processes.get(client, params.processId), params)
      return {}
    },

    'command/exec/resize'({ processId, size }, client) {
      resizeTerminal('command/exec/resize', processes.get(client, processId), size)
      return {}
    },

    'command/exec/terminate'({ processId }, client) {
      void processes.get(client, processId).running.kill()
      return {}
    },
  }
}

async function run(
  server: ServerContext,
  processes: ClientProcesses,
  params: CommandExecParams,
  client: RequestContext,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  check(params)
  const terminal = terminalOf('command/exec', params)
  const limitMs = params.disableTimeout === true ? null : timeoutOf('command/exec', params.timeoutMs, timeoutMs)
  const cwd = resolve(server.cwd, params.cwd ?? '.')
  const env = environmentWith(server.env, params.env)
  const policy = await policyOf(server, params, cwd)
  const { processId } = params
  const isTold = terminal !== null || params.streamStdoutStderr === true
  const maxBytes = params.disableOutputCap === true ? null : (params.outputBytesCap ?? DEFAULT_CAP_BYTES)
  const tell = (piece: OutputPiece) =>
    void client.emit('command/exec/outputDelta', { processId: processId ?? '', ...piece })
  const tap = new OutputTap(maxBytes, isTold ? tell : undefined)
  const takesInput = terminal !== null || params.streamStdin === true
  const confinement = { policy, cwd, env, codexHome: server.layout.root, hasTerminal: terminal !== null }
  if (typeof processId === 'string') processes.claim(client, processId)
  let walled: Confined | undefined
  try {
    walled = await confined(params.command, confinement)
    const { argv } = walled
    const onOutput = tap.push.bind(tap)
    const signal = client.signal
    const options = { argv, cwd, env, terminal, stdin: takesInput, onOutput, timeoutMs: limitMs, signal }
    const running = await start('failed to spawn command', options)
    if (typeof processId === 'string') {
      processes.add(client, processId, { running, takesInput, hasTerminal: terminal !== null })
    }
    const end = await running.ended
    const { shellExitCode } = await agent()
    const exitCode = end.reason === 'timedOut' ? TIMED_OUT : shellExitCode(end)
    return { exitCode, stdout: tap.text('stdout'), stderr: tap.text('stderr') }
  } finally {
    walled?.release()
    if (typeof processId === 'string') processes.release(client, processId)
  }
}

function check(params: CommandExecParams): void {
  if (params.command.length === 0) throw invalidRequest('command must not be empty')
  const isLive = params.tty === true || params.streamStdin === true || params.streamStdoutStderr === true
  if (isLive && typeof params.processId !== 'string') {
    throw invalidRequest('command/exec tty or streaming requires a client-supplied processId')
  }
  if (params.disableTimeout === true && typeof params.timeoutMs === 'number') {
    throw invalidParams('command/exec cannot set both timeoutMs and disableTimeout')
  }
  if (params.disableOutputCap === true && typeof params.outputBytesCap === 'number') {
    throw invalidParams('command/exec cannot set both outputBytesCap and disableOutputCap')
  }
  if (typeof params.permissionProfile === 'string' && params.sandboxPolicy) {
    throw invalidRequest('`permissionProfile` cannot be combined with `sandboxPolicy`')
  }
}

/** What was asked for, else what is configured, else reading only. */
async function policyOf(server: ServerContext, params: CommandExecParams, cwd: string): Promise<Policy> {
  if (params.sandboxPolicy) return params.sandboxPolicy
  if (typeof params.permissionProfile === 'string') {
    const policy = policies[params.permissionProfile]
    if (policy !== undefined && params.permissionProfile.startsWith(':')) return policy
    throw invalidRequest(
      `invalid permission profile: default_permissions refers to unknown built-in profile \`${params.permissionProfile}\``,
    )
  }
  const { config } = await readConfig(server, cwd)
  return policies[String(config.sandbox_mode)] ?? { type: 'readOnly' }
}
