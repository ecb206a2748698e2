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
import { type Log, silentLog } from './log.js'
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
  return {
    codexHome: runtime.layout.root,
    connect: (connectOptions: ConnectOptions) => connectInProcess(runtime, connectOptions),
    listen: (listenOptions: ListenOptions) => listen(runtime, listenOptions),
    close: (closeOptions?: CloseOptions) => runtime.close(closeOptions),
    async [Symbol.asyncDispose]() {
      await runtime.close()
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
    log,
  }
}

function codexHomeOf(options: AppServerOptions, env: NonNullable<AppServerOptions['env']>): string {
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
  if (options.stdio !== true) throw new Error(`no such way to listen: ${JSON.stringify(options)}`)
  const transport = new StdioTransport(runtime, { input: process.stdin, output: process.stdout })
  void transport.inputEnded.then(() => transport.close())
  return transport
}
