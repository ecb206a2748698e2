import {
  type ListenAddress,
  parseListenAddress,
  serveProxy,
  serveSockets,
  serveStdio,
  webSocketAuthOf,
} from '@gangway/app-server'
import { ExitCode, UsageError } from '../exit-codes.js'
import { version } from '../version.js'
import { type AppServerRequest, readAppServerArguments } from './app-server-arguments.js'
import { appServerHelp } from './app-server-options.js'

/**
 * Runs `gangway app-server` with the arguments that follow those words. Loads only what its request needs: this is the
 * command whose start other programs wait for.
 *
 * @returns the exit code: of the server, or of what was generated
 * @throws UsageError for wrong arguments
 */
export async function runAppServer(argv: readonly string[]): Promise<number> {
  const request = await readAppServerArguments(argv)
  switch (request.type) {
    case 'help':
      process.stdout.write(appServerHelp())
      return ExitCode.done
    case 'generate': {
      const { generateBundle } = await import('./generate-bundle.js')
      const count = await generateBundle(request)
      process.stderr.write(`wrote ${count} files to ${request.out}\n`)
      return ExitCode.done
    }
    case 'proxy': {
      const { socketPath } = request
      return process.exit(await serveProxy(socketPath === undefined ? {} : { socketPath }))
    }
    case 'serve':
      // Work that was broken off may still hold the process; all that was to be written has been.
      return process.exit(await serve(request))
    default:
      throw new UsageError(`app-server: ${String(request satisfies never)}`)
  }
}

async function serve(request: Extract<AppServerRequest, { type: 'serve' }>): Promise<number> {
  const listen = listenAddress(request.listen)
  const auth = webSocketAuthOf(request.auth, process.cwd())
  const { wireLogFile } = request
  const options = {
    version,
    config: await overrides(request.config),
    ...(wireLogFile !== undefined && { wireLogFile }),
  }
  switch (listen.type) {
    case 'stdio':
      return serveStdio(options)
    case 'off':
      throw new Error('no transport configured; use --listen')
    default:
      return serveSockets({ ...options, listen, ...(auth && { auth }) })
  }
}

function listenAddress(url: string): ListenAddress {
  try {
    return parseListenAddress(url)
  } catch (error) {
    throw new UsageError(`app-server: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function overrides(written: readonly string[]): Promise<{ readonly [dottedKey: string]: unknown }> {
  if (written.length === 0) return {}
  const { readConfigOverrides } = await import('./config-overrides.js')
  return readConfigOverrides(written)
}
