import { isAbsolute } from 'node:path'
import type { ProcessSpawnParams } from '@gangway/protocol'
import { ClientProcesses } from '../commands/client-processes.js'
import { resizeTerminal, writeInput } from '../commands/input.js'
import { type OutputPiece, OutputTap } from '../commands/output-tap.js'
import { DEFAULT_CAP_BYTES, environmentWith, start, terminalOf, timeoutOf } from '../commands/start.js'
import type { Handlers, RequestContext, ServerContext } from '../handler.js'
import { invalidRequest, relativePath } from '../refusals.js'
import { agent } from './agent.js'

const TIMED_OUT = 124

/** Processes that a client starts and hears of later, without a sandbox. Source: reference 0.169.0, refusals and codes. */
export function processHandlers(server: ServerContext): Handlers {
  const processes = new ClientProcesses({
    missing: 'no active process for process handle',
    duplicate: 'duplicate active process handle',
  })

  return {
    'process/spawn': (params, client) => spawn(server, processes, params, client),

    async 'process/writeStdin'(params, client) {
      await writeInput('process/writeStdin', processes.get(client, params.processHandle), params)
      return {}
    },

    'process/resizePty'({ processHandle, size }, client) {
      resizeTerminal('process/resizePty', processes.get(client, processHandle), size)
      return {}
    },

    'process/kill'({ processHandle }, client) {
      void processes.get(client, processHandle).running.kill()
      return {}
    },
  }
}

async function spawn(
  server: ServerContext,
  processes: ClientProcesses,
  params: ProcessSpawnParams,
  client: RequestContext,
): Promise<Record<string, never>> {
  const { processHandle, command, cwd } = params
  if (!isAbsolute(cwd)) throw relativePath()
  if (command.length === 0) throw invalidRequest('command must not be empty')
  if (processHandle === '') throw invalidRequest('processHandle must not be empty')
  const terminal = terminalOf('process/spawn', params)
  const timeoutMs = timeoutOf('process/spawn', params.timeoutMs, null)
  const tell = (piece: OutputPiece) => void client.emit('process/outputDelta', { processHandle, ...piece })
  const isTold = terminal !== null || params.streamStdoutStderr === true
  const tap = new OutputTap(params.outputBytesCap ?? DEFAULT_CAP_BYTES, isTold ? tell : undefined)
  const stdin = terminal !== null || params.streamStdin === true
  const env = environmentWith(server.env, params.env)
  const onOutput = tap.push.bind(tap)
  processes.claim(client, processHandle)
  try {
    const options = { argv: command, cwd, env, terminal, stdin, onOutput, timeoutMs, signal: client.signal }
    const running = await start('failed to spawn process', options)
    processes.add(client, processHandle, { running, takesInput: stdin, hasTerminal: terminal !== null })
    void running.ended.then(async (end) => {
      const { shellExitCode } = await agent()
      processes.release(client, processHandle)
      await client.emit('process/exited', {
        processHandle,
        exitCode: end.reason === 'timedOut' ? TIMED_OUT : shellExitCode(end),
        outputDrainTimedOut: end.outputStillHeld,
        stdout: tap.text('stdout'),
        stdoutCapReached: tap.isCapped('stdout'),
        stderr: tap.text('stderr'),
        stderrCapReached: tap.isCapped('stderr'),
      })
    })
    return {}
  } catch (error) {
    processes.release(client, processHandle)
    throw error
  }
}
