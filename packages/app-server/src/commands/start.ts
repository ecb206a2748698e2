import type { ProcessOptions, RunningProcess } from '@gangway/agent'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { osWords } from '../files/os-error.js'
import { agent } from '../handlers/agent.js'
import { invalidParams } from '../refusals.js'

/** Bytes of each stream that are kept or told unless the client says otherwise. Source: reference 0.169.0. */
export const DEFAULT_CAP_BYTES = 1024 * 1024

/**
 * Starts it, or says why not in the reference's words.
 *
 * @param what goes before the system's words, e.g. `failed to spawn command`
 */
export async function start(what: string, options: ProcessOptions): Promise<RunningProcess> {
  const { ProcessError, startProcess } = await agent()
  try {
    return await startProcess(options)
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error
    const isMissing = error.code === 'NOT_FOUND' || error.code === 'NO_FOLDER'
    const words = isMissing ? 'No such file or directory (os error 2)' : wordsOf(error)
    throw new RpcError(rpcCodes.internalError, `${what}: ${words}`, undefined, { cause: error })
  }
}

/** The server's environment with the client's changes: null takes a variable away. */
export function environmentWith(
  env: { readonly [name: string]: string | undefined },
  changes: { readonly [name: string]: string | null } | null | undefined,
): { readonly [name: string]: string | undefined } {
  const changed = Object.entries(changes ?? {}).map(([name, value]) => [name, value ?? undefined] as const)
  return { ...env, ...Object.fromEntries(changed) }
}

/** The milliseconds asked for; `otherwise` where nothing is said. @throws RpcError for a negative number */
export function timeoutOf(
  method: string,
  timeoutMs: number | null | undefined,
  otherwise: number | null,
): number | null {
  if (timeoutMs === null || timeoutMs === undefined) return otherwise
  if (timeoutMs < 0) throw invalidParams(`${method} timeoutMs must be non-negative, got ${timeoutMs}`)
  return timeoutMs
}

/** The terminal asked for; null: none. @throws RpcError for a size without a terminal, or of nothing */
export function terminalOf(
  method: string,
  {
    tty,
    size,
  }: { readonly tty?: boolean | undefined; readonly size?: { cols: number; rows: number } | null | undefined },
): { readonly cols: number; readonly rows: number } | null {
  if (size !== null && size !== undefined) {
    if (tty !== true) throw invalidParams(`${method} size requires tty: true`)
    checkSize(method, size)
  }
  return tty === true ? (size ?? { cols: 80, rows: 24 }) : null
}

/** @throws RpcError for a size of nothing */
export function checkSize(method: string, { cols, rows }: { readonly cols: number; readonly rows: number }): void {
  if (cols === 0 || rows === 0) throw invalidParams(`${method} size rows and cols must be greater than 0`)
}

function wordsOf(error: Error): string {
  return error.cause instanceof Error ? osWords(error.cause) : error.message
}
