import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AppServerClient, NotificationMethod, ReconnectOptions, StartOptions } from '@gangway/client'
import { UsageError } from '../exit-codes.js'
import { version } from '../version.js'
import { codexHomeIn, remoteAddress } from './remote-address.js'

/** Which server a surface talks to, and as whom: the options that all surfaces share. Paths may be relative to `cwd`. */
export interface SessionOptions {
  /** Recorded as the source of every thread that is started. */
  readonly source: 'exec' | 'cli'
  /** Recorded as the originator of every thread that is started. */
  readonly clientName: string
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** `-c`, by dotted key. A server elsewhere gets them with each thread. */
  readonly config?: { readonly [dottedKey: string]: unknown }
  /** `--codex-home`. Means nothing with `remote`, but for `unix://`. */
  readonly codexHome?: string | undefined
  /** `-p`: `<name>.config.toml` of the Codex home counts over its `config.toml`. In this process only. */
  readonly profile?: string | undefined
  /** `--ignore-user-config`. In this process only. */
  readonly ignoresUserConfig?: boolean
  /** `--ignore-rules`. In this process only. */
  readonly ignoresRules?: boolean
  /** `--strict-config`. In this process only. */
  readonly strictConfig?: boolean
  /** `--remote`. Undefined: a server in this process. */
  readonly remote?: string | undefined
  /** `--remote-auth-token-env`: the variable that has the token. */
  readonly authTokenEnv?: string | undefined
  /** `--ws-token-file`: the file that has the token. */
  readonly authTokenFile?: string | undefined
  readonly optOutNotifications?: readonly NotificationMethod[]
  readonly legacyNotifications?: boolean
  /** Makes a lost connection to a remote server anew. Default false. */
  readonly reconnect?: boolean | ReconnectOptions
  /** Ends the start, not the client. */
  readonly signal?: AbortSignal
}

/**
 * Opens a client of the server that is meant: in this process, or at `--remote`.
 *
 * @throws UsageError for options that cannot be; TransportError, ServerError when the server does not start or answer
 */
export async function openSession(options: SessionOptions): Promise<AppServerClient> {
  const codexHome = resolve(options.cwd, codexHomeIn(options.codexHome, options.env))
  if (options.remote !== undefined) return connect(options, options.remote, codexHome)
  const { startInProcess } = await import('@gangway/client/in-process')
  return startInProcess({
    ...startOptions(options),
    sessionSource: options.source,
    codexHome,
    config: options.config ?? {},
    env: options.env,
    cwd: options.cwd,
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(options.ignoresUserConfig === true && { ignoresUserConfig: true }),
    ...(options.ignoresRules === true && { ignoresRules: true }),
    ...(options.strictConfig === true && { strictConfig: true }),
  })
}

async function connect(options: SessionOptions, remote: string, codexHome: string): Promise<AppServerClient> {
  const local = [
    ['--profile', options.profile !== undefined],
    ['--ignore-user-config', options.ignoresUserConfig === true],
    ['--ignore-rules', options.ignoresRules === true],
    ['--strict-config', options.strictConfig === true],
  ] as const
  const wrong = local.find(([, isGiven]) => isGiven)
  if (wrong !== undefined)
    throw new UsageError(`${wrong[0]} does not go with --remote: that server has read its configuration`)
  const address = remoteAddress(remote, { codexHome, authToken: await authTokenOf(options) })
  const { AppServerClient } = await import('@gangway/client')
  return AppServerClient.connect({ ...startOptions(options), ...address, reconnect: options.reconnect ?? false })
}

function startOptions(options: SessionOptions): StartOptions {
  const { optOutNotifications, legacyNotifications, signal } = options
  return {
    clientInfo: { name: options.clientName, version },
    experimentalApi: true,
    ...(optOutNotifications !== undefined && { optOutNotifications }),
    ...(legacyNotifications !== undefined && { legacyNotifications }),
    ...(signal !== undefined && { signal }),
  }
}

async function authTokenOf({ authTokenEnv, authTokenFile, env, cwd }: SessionOptions): Promise<string | undefined> {
  if (authTokenEnv !== undefined) {
    const token = env[authTokenEnv]?.trim()
    if (!token) throw new UsageError(`--remote-auth-token-env ${authTokenEnv}: the variable is not set`)
    return token
  }
  if (authTokenFile === undefined) return undefined
  const token = (await readFile(resolve(cwd, authTokenFile), 'utf8')).trim()
  if (token === '') throw new UsageError(`--ws-token-file ${authTokenFile}: the file is empty`)
  return token
}
