import { startProcess } from '../process/start-process.js'
import type { ConfiguredHook } from './configured-hook.js'
import { failedHook, type HookAnswer, readAnswer } from './hook-answer.js'

/** More of either output is not kept. */
const maxOutputBytes = 1024 * 1024

/** What a hook is run with. */
export interface HookRun {
  /** Told as JSON on standard input. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Absolute; the folder of the conversation. */
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** Ends the hook, with all that it started. */
  readonly signal?: AbortSignal
}

/**
 * Runs the command of a hook in the person's shell, with everything that it started ended at its time limit.
 *
 * Never throws for the hook: an answer says how it failed.
 *
 * @throws the signal's reason
 */
export async function runHook(hook: ConfiguredHook, { payload, cwd, env, signal }: HookRun): Promise<HookAnswer> {
  const out = { stdout: '', stderr: '' }
  const pieces = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const sizes = { stdout: 0, stderr: 0 }
  try {
    const running = await startProcess({
      argv: argvOf(hook.command, env),
      cwd,
      env,
      terminal: null,
      stdin: true,
      timeoutMs: hook.timeoutSec * 1_000,
      signal,
      onOutput: (chunk, stream) => {
        sizes[stream] += chunk.length
        if (sizes[stream] <= maxOutputBytes) pieces[stream].push(chunk)
      },
    })
    void running.write(JSON.stringify(payload)).then(
      () => running.closeStdin(),
      () => {},
    )
    const end = await running.ended
    signal?.throwIfAborted()
    if (end.reason === 'timedOut') return failedHook(`hook timed out after ${hook.timeoutSec}s`)
    out.stdout = Buffer.concat(pieces.stdout).toString('utf8')
    out.stderr = Buffer.concat(pieces.stderr).toString('utf8')
    return readAnswer(hook.facts, { exitCode: end.exitCode, ...out })
  } catch (error) {
    signal?.throwIfAborted()
    return failedHook(`failed to run hook: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function argvOf(command: string, env: HookRun['env']): string[] {
  if (process.platform === 'win32') return [env.COMSPEC ?? 'cmd.exe', '/C', command]
  return [env.SHELL || '/bin/sh', '-lc', command]
}
