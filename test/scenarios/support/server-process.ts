import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { launcher, type Place } from './place.js'

/** The built program as a server that clients connect to. */
export interface ServerProcess {
  /** `ws://127.0.0.1:PORT`, or the path of the socket. */
  readonly address: string
  readonly child: ChildProcessWithoutNullStreams
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts `gangway app-server` with `args`, and nothing more: for its standard input and output. */
export function start(at: Place, args: readonly string[] = []): ChildProcessWithoutNullStreams {
  const failure = process.env.GANGWAY_BUNDLE_FAILURE
  if (failure !== undefined) throw new Error(`the program could not be bundled: ${failure}`)
  const child = spawn(process.execPath, [launcher, 'app-server', ...args], { cwd: at.home, env: at.env, stdio: 'pipe' })
  child.stdin.on('error', () => {})
  return child
}

/** Starts the program on a free port of the loopback address. */
export async function startWebSocket(at: Place, args: readonly string[] = []): Promise<ServerProcess> {
  const child = start(at, ['--listen', 'ws://127.0.0.1:0', ...args])
  let said = ''
  for await (const chunk of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += chunk
    const address = /listening on: (ws:\S+)\n/.exec(said)?.[1]
    if (address !== undefined) {
      child.stderr.resume()
      return serverProcess(child, address)
    }
  }
  throw new Error(`no address: ${said}`)
}

/** Starts the program on a Unix socket in the place. */
export async function startUnixSocket(at: Place, args: readonly string[] = []): Promise<ServerProcess> {
  const path = `${at.home}/run/server.sock`
  const child = start(at, ['--listen', `unix://${path}`, ...args])
  child.stderr.resume()
  await reachable(child, path)
  return serverProcess(child, path)
}

function serverProcess(child: ChildProcessWithoutNullStreams, address: string): ServerProcess {
  const gone = once(child, 'exit')
  return {
    child,
    address,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** The program says nothing when its socket is there: whoever wants in tries until it is, or the program has ended. */
async function reachable(child: ChildProcessWithoutNullStreams, path: string): Promise<void> {
  const { connect } = await import('node:net')
  while (child.exitCode === null) {
    const socket = connect(path)
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`the server has ended with ${child.exitCode}`)
}
