import { homedir } from 'node:os'
import { join } from 'node:path'
import type { RemoteAddress } from '@gangway/client'
import { UsageError } from '../exit-codes.js'

/** Where the server of a Codex home listens by default, below that home. Source: reference 0.169.0. */
const controlSocket = ['app-server-control', 'app-server-control.sock'] as const

/**
 * The address that `--remote` names: `ws://…`, `wss://…`, `unix://PATH`, or `unix://` for the socket of the Codex home.
 *
 * @throws UsageError for any other
 */
export function remoteAddress(
  written: string,
  { codexHome, authToken }: { readonly codexHome: string; readonly authToken: string | undefined },
): RemoteAddress {
  if (/^wss?:\/\/./.test(written)) return { url: written, ...(authToken !== undefined && { authToken }) }
  if (written === 'unix://') return { socketPath: join(codexHome, ...controlSocket) }
  if (written.startsWith('unix:///')) return { socketPath: written.slice('unix://'.length) }
  throw new UsageError(`--remote ${written}: give ws://HOST:PORT, wss://HOST, unix:///PATH or unix://`)
}

/** The Codex home that is meant: the one that was named, else the environment's, else `~/.codex`. */
export function codexHomeIn(named: string | undefined, env: NodeJS.ProcessEnv): string {
  return named ?? (env.CODEX_HOME || join(env.HOME || homedir(), '.codex'))
}
