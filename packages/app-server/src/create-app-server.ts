import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import { checkCodexHome, resolveCodexHome } from '@gangway/home/layout'
import type {
  AppServer,
  AppServerOptions,
  CloseOptions,
  ConnectOptions,
  Listener,
  ListenOptions,
} from './app-server.js'
import { parseListenAddress } from './listen-address.js'
import { type Log, silentLog } from './log.js'
import { openListener, type SocketsToOpen } from './open-listener.js'
import { SHUTTING_DOWN } from './refusals.js'
import { Runtime, type RuntimeSettings } from './runtime.js'
import { connectInProcess } from './transports/in-process.js'
import { StdioTransport } from './transports/stdio.js'
import { VERSION } from './version.js'

/**
 * Makes a server over a Codex home. Writes nothing, and reads no more than whether the home is there.
 *
 * @throws Error when the Codex home is not absolute, or was named by the environment and is not a folder
 */
export async function createAppServer(options: AppServerOptions = {}): Promise<AppServer> {
  const runtime = new Runtime(runtimeSettings(options, silentLog))
  const listeners = new Set<Listener>()
  let closing: Promise<{ readonly forced: boolean }> | undefined

  function closeOnce(closeOptions?: CloseOptions): Promise<{ readonly forced: boolean }> {
    closing ??= close(closeOptions)
    return closing
  }

  async function close(closeOptions?: CloseOptions): Promise<{ readonly forced: boolean }> {
    const result = await runtime.close(closeOptions)
    await Promise.all([...listeners].map((listener) => listener.close()))
    return result
  }

  return {
    codexHome: runtime.layout.root,
    connect: (connectOptions: ConnectOptions) => connectInProcess(runtime, connectOptions),
    async listen(listenOptions: ListenOptions) {
      const listener = await listen(runtime, listenOptions)
      listeners.add(listener)
      void listener.closed.then(() => listener.close()).then(() => listeners.delete(listener))
      return listener
    },
    close: closeOnce,
    async [Symbol.asyncDispose]() {
      await closeOnce()
    },
  }
}

/** `options` with every default filled in. @throws Error for a Codex home that cannot be */
export function runtimeSettings(options: AppServerOptions, log: Log): RuntimeSettings {
  const env = options.env ?? process.env
  return {
    codexHome: codexHomeOf(options, env),
    env,
    cwd: options.cwd ?? process.cwd(),
    version: options.version ?? VERSION,
    configOverrides: options.config ?? {},
    ignoresRules: options.ignoresRules ?? false,
    configFiles: {
      ...(options.profile !== undefined && { profile: options.profile }),
      ...(options.ignoresUserConfig !== undefined && { ignoresUser: options.ignoresUserConfig }),
      ...(options.strictConfig !== undefined && { isStrict: options.strictConfig }),
    },
    log,
  }
}

/** The Codex home that `options` name, else the environment's. @throws Error for one that cannot be */
export function codexHomeOf(options: AppServerOptions, env: NonNullable<AppServerOptions['env']>): string {
  if (options.codexHome !== undefined) {
    if (!isAbsolute(options.codexHome))
      throw new Error(`codexHome must be an absolute path, got "${options.codexHome}"`)
    return options.codexHome
  }
  const input = { env, homeDir: env.HOME || env.USERPROFILE || homedir() }
  const fault = checkCodexHome(input)
  if (fault !== undefined) throw new Error(fault)
  return resolveCodexHome(input)
}

async function listen(runtime: Runtime, options: ListenOptions): Promise<Listener> {
  if ('stdio' in options) {
    const transport = new StdioTransport(runtime, { input: process.stdin, output: process.stdout })
    void transport.inputEnded.then(() => transport.close())
    return transport
  }
  if (!runtime.admits) throw new Error(SHUTTING_DOWN)
  const listener = await openListener(runtime, socketOf(options))
  if (runtime.admits) return listener
  await listener.close()
  throw new Error(SHUTTING_DOWN)
}

function socketOf(options: Exclude<ListenOptions, { stdio: true }>): SocketsToOpen {
  if ('socketPath' in options) return { listen: { type: 'unixSocket', path: options.socketPath } }
  const { url, auth } = options
  const listen = parseListenAddress(url)
  if (listen.type !== 'websocket') throw new Error(`not a websocket address: ${url}`)
  return { listen, ...(auth && { auth }) }
}
